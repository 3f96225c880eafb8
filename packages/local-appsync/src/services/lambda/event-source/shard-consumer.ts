import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { Bell } from '../../../shared/bell';
import { Lane } from './lane';
import { laneOf } from './lanes';
import { unlessAborted } from '../../../shared/pause';
import { after, type Position } from './position';
import { Progress } from './progress';
import type { StreamRecord } from './record';
import type { Page } from './shard-reader';

export interface ShardConsumerOptions {
  /** How many batches may be in flight at once. */
  lanes: number;
  batchSize: number;
  windowMs: number;
  signal: AbortSignal;
  read: (record: _Record) => StreamRecord;
  /** Whether the mapping's filters let it pass. */
  wanted: (record: StreamRecord) => boolean;
  /** Delivers the records in order, telling of those that are handled. */
  deliver: (records: StreamRecord[], handled: (records: StreamRecord[]) => Promise<void>) => Promise<void>;
  /** Remembers that the shard is handled up to here. */
  remember: (position: Position) => Promise<void>;
  /** Makes the reader of an idle shard look again. */
  hurry: Bell;
}

/** A moment by the two clocks that a shard is read by. */
export interface Moment {
  /** `performance.now()`, for when a page was asked for. */
  asked: number;
  /** Milliseconds since the epoch, for when a record was created. */
  created: number;
}

/** Takes one shard's pages to the function: reads ahead a little, spreads items over lanes, keeps the checkpoint. */
export class ShardConsumer {
  private readonly progress = new Progress();
  private readonly changed = new Bell();
  private readonly lanes: Lane[];
  private readonly most: number;
  private read = 0;
  /** When the last empty page was asked for, and when the last record read was created. */
  private newest: Moment = { asked: 0, created: 0 };
  private finished = false;

  constructor(private readonly options: ShardConsumerOptions) {
    const { batchSize, windowMs, signal } = options;
    this.most = Math.max(1000, batchSize * options.lanes);
    const deliver = (batch: StreamRecord[]): Promise<void> =>
      options.deliver(batch, (records) => this.handled(records));
    this.lanes = Array.from({ length: options.lanes }, () => new Lane({ batchSize, windowMs, signal, deliver }));
  }

  /** Runs until the pages end and all is handled (true), or the signal aborts (false). */
  async run(pages: AsyncIterable<Page>): Promise<boolean> {
    await Promise.all([this.takeAll(pages), ...this.lanes.map((lane) => lane.run())]);
    this.finished = this.progress.open === 0 && !this.options.signal.aborted;
    this.changed.ring();
    return this.finished;
  }

  /** Resolves once everything that was in the shard at the moment is handled, or the signal aborts. */
  async caughtUp(moment: Moment): Promise<void> {
    this.options.hurry.ring();
    // An empty page, or a record of a later second, shows that nothing older is left to read.
    await this.until(() => this.newest.asked > moment.asked || this.newest.created > moment.created);
    const read = this.read;
    await this.until(() => this.progress.passed >= read);
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!condition() && !this.finished && !this.options.signal.aborted) {
      await unlessAborted(this.changed.next, this.options.signal);
    }
  }

  private async takeAll(pages: AsyncIterable<Page>): Promise<void> {
    for await (const page of pages) {
      await this.take(page);
      await this.room();
    }
    for (const lane of this.lanes) {
      lane.close();
    }
  }

  private async take({ records, askedAt }: Page): Promise<void> {
    const leftOut: StreamRecord[] = [];
    for (const record of records.map(this.options.read)) {
      this.progress.read(record.sequenceNumber);
      this.read += 1;
      if (this.options.wanted(record)) {
        this.lanes[laneOf(record.itemKey, this.lanes.length)]?.push(record);
      } else {
        leftOut.push(record);
      }
    }
    const created = records.at(-1)?.dynamodb?.ApproximateCreationDateTime?.getTime();
    this.newest = created === undefined ? { ...this.newest, asked: askedAt } : { ...this.newest, created };
    if (leftOut.length > 0) {
      await this.handled(leftOut);
    } else {
      this.changed.ring();
    }
  }

  /** Waits while too much has been read and not handled. */
  private async room(): Promise<void> {
    await this.until(() => this.progress.open < this.most);
  }

  private async handled(records: StreamRecord[]): Promise<void> {
    const before = this.progress.checkpoint;
    for (const { sequenceNumber } of records) {
      this.progress.done(sequenceNumber);
    }
    const { checkpoint } = this.progress;
    if (checkpoint !== undefined && checkpoint !== before) {
      await this.options.remember(after(checkpoint));
    }
    this.changed.ring();
  }
}
