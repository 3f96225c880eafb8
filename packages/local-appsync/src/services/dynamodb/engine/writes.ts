import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type FSWatcher, watch } from 'node:fs';
import { Bell } from '../../../shared/bell';

const WRITES = new Set([
  'PutItemCommand',
  'UpdateItemCommand',
  'DeleteItemCommand',
  'BatchWriteItemCommand',
  'TransactWriteItemsCommand',
]);

export interface WritesOptions {
  /** The folder of the engine's files, where it is on this machine. Engines touch them for a write, and not for a read. */
  folder?: string;
  log: (line: string) => void;
  /** How long after a write it is quiet, in milliseconds. */
  quietAfterMs?: number;
}

/** How often streams are worth a look, in milliseconds: after a write, when all is quiet, and then without a watcher. */
const POLL_MS = { lively: 50, quiet: 5000, unwatched: 1000 };

/**
 * Tells those who follow streams when to look. Our own client's writes are heard of at once. Those of others, such as
 * functions, go to the engine past us: for some seconds after any write, streams are looked at again and again, and
 * when all is quiet, the engine's files are watched instead. So what is idle costs nothing, and the next write of
 * anybody is noticed all the same.
 */
export class Writes {
  /** Rings when there may be something new. */
  readonly bell = new Bell();
  private isQuiet = false;
  private watcher: FSWatcher | undefined;
  private cannotWatch = false;
  private isClosed = false;
  private readonly calm: NodeJS.Timeout;

  constructor(private readonly options: WritesOptions) {
    this.calm = setTimeout(() => this.becomeQuiet(), options.quietAfterMs ?? 5000).unref();
  }

  /** How long to wait for the bell. */
  get pollMs(): number {
    if (!this.isQuiet) {
      return POLL_MS.lively;
    }
    return this.watcher ? POLL_MS.quiet : POLL_MS.unwatched;
  }

  /** Hears of what the client writes. */
  listenTo(client: DynamoDBClient): void {
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const answer = await next(args);
          if (WRITES.has(commandName ?? '')) {
            this.heard();
          }
          return answer;
        },
      { step: 'initialize', name: 'listenToWrites' },
    );
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.calm);
    this.watcher?.close();
  }

  private heard(): void {
    if (this.isClosed) {
      return;
    }
    this.isQuiet = false;
    this.watcher?.close();
    this.watcher = undefined;
    this.calm.refresh();
    this.bell.ring();
  }

  private becomeQuiet(): void {
    this.isQuiet = true;
    this.watcher = this.watch();
    // For what was written since the last look, when nobody watched.
    this.bell.ring();
  }

  private watch(): FSWatcher | undefined {
    const { folder } = this.options;
    if (folder === undefined || this.cannotWatch) {
      return undefined;
    }
    try {
      return watch(folder, { persistent: false }, () => this.heard()).on('error', (error) => this.giveUp(error));
    } catch (error) {
      this.giveUp(error as Error);
      return undefined;
    }
  }

  /** Some systems allow few watchers. */
  private giveUp({ message }: Error): void {
    this.cannotWatch = true;
    this.watcher?.close();
    this.watcher = undefined;
    this.options.log(`Writes of other programs are noticed within a second, as files can't be watched: ${message}`);
  }
}
