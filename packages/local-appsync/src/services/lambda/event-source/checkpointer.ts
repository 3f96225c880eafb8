import type { CheckpointStore } from './checkpoint-store';
import { decodePosition, encodePosition, type Position } from './position';

/**
 * A mapping's checkpoint, in memory and in the store. Writes never overlap, and those that come while one
 * is under way go out together.
 */
export class Checkpointer {
  private writing: Promise<void> | undefined;
  private queued: Promise<void> | undefined;
  private failing = false;
  private closed = false;

  private constructor(
    private readonly store: CheckpointStore,
    private readonly key: string,
    private readonly log: (line: string) => void,
    private positions: Map<string, Position>,
    /** Whether nothing has ever been remembered. */
    readonly isNew: boolean,
  ) {}

  static async open(store: CheckpointStore, key: string, log: (line: string) => void): Promise<Checkpointer> {
    const checkpoint = await store.read(key);
    const positions = Object.entries(checkpoint ?? {}).map(([id, text]) => [id, decodePosition(text)] as const);
    return new Checkpointer(store, key, log, new Map(positions), checkpoint === undefined);
  }

  position(shardId: string): Position | undefined {
    return this.positions.get(shardId);
  }

  /** Resolves when the position is stored, or could not be: the next one says more and tries again. */
  async advance(shardId: string, position: Position): Promise<void> {
    if (this.closed) {
      return;
    }
    this.positions.set(shardId, position);
    await this.flush();
  }

  /** Remembers where a new mapping begins, all shards at once; none is a beginning, too. */
  async begin(positions: ReadonlyMap<string, Position>): Promise<void> {
    this.positions = new Map(positions);
    await this.flush();
  }

  /** Forgets shards that the stream no longer has. */
  keepOnly(shardIds: Set<string>): void {
    this.positions = new Map([...this.positions].filter(([id]) => shardIds.has(id)));
  }

  /** Stores what is known and takes nothing more. */
  async close(): Promise<void> {
    await this.flush();
    this.closed = true;
  }

  private flush(): Promise<void> {
    this.queued ??= (async () => {
      await this.writing;
      this.queued = undefined;
      this.writing = this.write();
      await this.writing;
    })();
    return this.queued;
  }

  private async write(): Promise<void> {
    const checkpoint = Object.fromEntries([...this.positions].map(([id, position]) => [id, encodePosition(position)]));
    try {
      await this.store.write(this.key, checkpoint);
      this.failing = false;
    } catch (error) {
      // Delivery goes on: after a restart records would come twice, which at-least-once allows.
      if (!this.failing) {
        this.log(`The checkpoint cannot be written: ${String(error)}`);
      }
      this.failing = true;
    }
  }
}
