import { exponential } from './backoff';
import { Bell } from '../../../shared/bell';
import { Checkpointer } from './checkpointer';
import type { StreamMappingDefinition, StreamMappingDependencies } from './definition';
import { deliver } from './delivery';
import { compileFilters, type Test } from './filter';
import { park } from './park';
import { pause } from '../../../shared/pause';
import { END, type Position, START } from './position';
import { toStreamRecord } from './record';
import { type Moment, ShardConsumer } from './shard-consumer';
import { endOfShard, readShard, type ShardAddress } from './shard-reader';
import { listShards, readableShards, type Shard } from './shards';

export type { StreamMappingDefinition, StreamMappingDependencies } from './definition';
export { type CheckpointStore, FileCheckpointStore, MemoryCheckpointStore } from './checkpoint-store';
export { FilterPatternError } from './filter';

/** New shards follow ended ones, which is heard of at once. */
const DISCOVERY_MS = 10_000;

const DEFAULT_POLL_MS = 50;

const retryDelay = exponential(100, 5000);

interface RunningShard {
  consumer: ShardConsumer;
  ended: Promise<void>;
}

/**
 * An event source mapping from a DynamoDB stream to a function, run as Lambda runs it: shards in the order
 * of their lineage, an item's records in order, retries, bisection, discards, checkpoints.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export class StreamMapping {
  private readonly log: (line: string) => void;
  private readonly stopping = new AbortController();
  private readonly running = new Map<string, RunningShard>();
  private readonly shardEnded = new Bell();
  private readonly hurry: Bell;
  private passesFilters: Test = () => true;
  private checkpointer: Checkpointer | undefined;
  private supervision: Promise<void> | undefined;

  constructor(
    private readonly definition: StreamMappingDefinition,
    private readonly dependencies: StreamMappingDependencies,
  ) {
    this.log = (line) => dependencies.log?.(line);
    this.hurry = dependencies.hurry ?? new Bell();
  }

  /**
   * Resolves when the mapping stands at its position: what is written from now on will be delivered.
   * @throws FilterPatternError for a filter that cannot be used; the engine's error when it cannot describe the stream.
   */
  async start(): Promise<void> {
    if (this.supervision) {
      throw new Error(`Mapping ${this.definition.id} has been started already.`);
    }
    this.passesFilters = compileFilters(this.definition.filterPatterns);
    const { checkpoints } = this.dependencies;
    this.checkpointer = await Checkpointer.open(checkpoints, checkpointKey(this.definition), this.log);
    if (this.checkpointer.isNew && this.definition.startingPosition === 'LATEST') {
      await this.skipToLatest(this.checkpointer);
    }
    await this.startReadableShards(this.checkpointer);
    this.supervision = this.supervise(this.checkpointer);
  }

  /**
   * Resolves once everything that was in the stream when called has been handled: acknowledged, discarded
   * or filtered out.
   * @throws when the mapping is not running, or stops meanwhile.
   */
  async caughtUp(): Promise<void> {
    const moment: Moment = { asked: performance.now(), created: Date.now() };
    for (;;) {
      const waiting = await this.startReadableShards(this.requireRunning());
      const shards = [...this.running.values()];
      await Promise.all(shards.map(({ consumer }) => consumer.caughtUp(moment)));
      this.requireRunning();
      if (waiting.length === 0) {
        return;
      }
      // A shard that waits has an ancestor that is closed and being read.
      await Promise.race(shards.map((shard) => shard.ended));
    }
  }

  /** Lets the invocations in flight end, for a bounded time, and resolves when the checkpoint is stored. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const ended = Promise.all([this.supervision, ...[...this.running.values()].map((shard) => shard.ended)]);
    const grace = new AbortController();
    await Promise.race([ended, pause(this.dependencies.stopGraceMs ?? 5000, grace.signal)]);
    grace.abort();
    await this.checkpointer?.close();
  }

  private requireRunning(): Checkpointer {
    if (!this.checkpointer || this.stopping.signal.aborted) {
      throw new Error(`Mapping ${this.definition.id} is not running.`);
    }
    return this.checkpointer;
  }

  private async skipToLatest(checkpointer: Checkpointer): Promise<void> {
    const ends = new Map<string, Position>();
    for (const { id } of await this.listShards()) {
      ends.set(id, await endOfShard(this.address(id)));
    }
    await checkpointer.begin(ends);
  }

  /** Starts shards as they become readable, until stop(). */
  private async supervise(checkpointer: Checkpointer): Promise<void> {
    const { signal } = this.stopping;
    let failures = 0;
    // What has rung since the last look is not missed.
    let next = this.nextLook();
    while (!signal.aborted) {
      await next(failures);
      if (signal.aborted) {
        return;
      }
      next = this.nextLook();
      try {
        await this.startReadableShards(checkpointer);
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures === 1) {
          this.log(`Stream ${this.definition.streamArn} cannot be described, trying again: ${String(error)}`);
        }
      }
    }
  }

  /** A stream has no shard before the first write. Later ones come when one ends. */
  private nextLook(): (failures: number) => Promise<void> {
    const { signal } = this.stopping;
    const { pollMs = () => DEFAULT_POLL_MS } = this.dependencies;
    const [ended, written] = [this.shardEnded.next, this.hurry.next];
    return (failures) => {
      if (failures > 0) {
        return pause(retryDelay(failures), signal);
      }
      return this.running.size > 0
        ? this.shardEnded.within(DISCOVERY_MS, signal, ended)
        : this.hurry.within(pollMs(), signal, Promise.race([ended, written]));
    };
  }

  /** Gives the shards that have to wait for their parents. */
  private async startReadableShards(checkpointer: Checkpointer): Promise<Shard[]> {
    const shards = await this.listShards();
    if (this.stopping.signal.aborted) {
      return [];
    }
    checkpointer.keepOnly(new Set([...shards.map((shard) => shard.id), ...this.running.keys()]));
    const isFinished = (id: string): boolean => checkpointer.position(id)?.at === 'end';
    for (const { id } of readableShards(shards, isFinished)) {
      if (!this.running.has(id)) {
        this.startShard(id, checkpointer);
      }
    }
    return shards.filter(({ id }) => !isFinished(id) && !this.running.has(id));
  }

  private startShard(id: string, checkpointer: Checkpointer): void {
    const { signal } = this.stopping;
    const {
      batchSize,
      maximumBatchingWindowSeconds,
      parallelizationFactor,
      eventSourceArn = this.definition.streamArn,
      functionArn = '',
    } = this.definition;
    const { pollMs = () => DEFAULT_POLL_MS, backoff = retryDelay } = this.dependencies;
    const { hurry } = this;
    const log = this.log;
    const onDiscard = this.dependencies.onDiscard?.bind(this.dependencies);
    const parking = { shardId: id, streamArn: eventSourceArn, functionArn, onDiscard, log, signal };
    const consumer = new ShardConsumer({
      hurry,
      lanes: Math.max(1, parallelizationFactor),
      batchSize: Math.max(1, batchSize),
      windowMs: maximumBatchingWindowSeconds * 1000,
      signal,
      read: (record) => toStreamRecord(record, eventSourceArn),
      wanted: (record) => this.passesFilters(record.event),
      remember: (position) => checkpointer.advance(id, position),
      deliver: (records, handled) =>
        deliver(records, this.definition, {
          invoke: (payload) => this.dependencies.invoke(payload),
          discard: (discard) => park(discard, parking),
          handled,
          log,
          backoff,
          signal,
          now: Date.now,
        }),
    });
    const position = checkpointer.position(id) ?? START;
    const ended = consumer
      .run(readShard(this.address(id), position, { pollMs, signal, log, hurry }))
      .then(async (finished) => {
        if (finished) {
          await checkpointer.advance(id, END);
        }
      })
      .catch((error: unknown) => {
        // Not a state to go on from: what is not handled is found again after a restart.
        this.log(`Mapping ${this.definition.id} stops: ${error instanceof Error ? error.stack : String(error)}`);
        this.stopping.abort();
      })
      .finally(() => {
        this.running.delete(id);
        this.shardEnded.ring();
      });
    this.running.set(id, { consumer, ended });
  }

  private address(shardId: string): ShardAddress {
    return { streams: this.dependencies.streams, streamArn: this.definition.streamArn, shardId };
  }

  private listShards(): Promise<Shard[]> {
    return listShards(this.dependencies.streams, this.definition.streamArn);
  }
}

/** Another stream has other positions, also where an engine gives its shards the same names. */
function checkpointKey({ id, streamArn }: StreamMappingDefinition): string {
  return `${id} ${streamArn.split('/').at(-1)}`;
}
