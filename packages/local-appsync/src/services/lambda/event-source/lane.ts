import { Bell } from '../../../shared/bell';
import { batchLength, MAX_BATCH_BYTES } from './lanes';
import { unlessAborted } from '../../../shared/pause';
import type { StreamRecord } from './record';

export interface LaneOptions {
  batchSize: number;
  windowMs: number;
  signal: AbortSignal;
  deliver: (batch: StreamRecord[]) => Promise<void>;
}

/** A queue whose records are delivered in order, one batch at a time. */
export class Lane {
  private readonly changed = new Bell();
  private readonly queue: StreamRecord[] = [];
  /** Of the queue. */
  private bytes = 0;
  /** When the oldest record in the queue came in. */
  private since = 0;
  private closed = false;

  constructor(private readonly options: LaneOptions) {}

  push(record: StreamRecord): void {
    if (this.queue.length === 0) {
      this.since = Date.now();
    }
    this.queue.push(record);
    this.bytes += record.bytes;
    this.changed.ring();
  }

  /** No more records will come: what is there is delivered, and run() ends. */
  close(): void {
    this.closed = true;
    this.changed.ring();
  }

  /** Delivers until the lane is closed and empty, or the signal aborts. */
  async run(): Promise<void> {
    const { signal, deliver } = this.options;
    while (!signal.aborted) {
      if (this.queue.length === 0) {
        if (this.closed) {
          return;
        }
        await unlessAborted(this.changed.next, signal);
        continue;
      }
      await this.fill();
      if (signal.aborted) {
        return;
      }
      const batch = this.queue.splice(0, batchLength(this.queue, this.options.batchSize));
      this.bytes -= batch.reduce((bytes, record) => bytes + record.bytes, 0);
      this.since = Date.now();
      await deliver(batch);
    }
  }

  /** Waits until a batch is full, in records or bytes, or its window is over. */
  private async fill(): Promise<void> {
    const { windowMs, signal } = this.options;
    while (!this.closed && !signal.aborted && !this.isFull()) {
      const left = this.since + windowMs - Date.now();
      if (left <= 0) {
        return;
      }
      await this.changed.within(left, signal);
    }
  }

  private isFull(): boolean {
    return this.queue.length >= this.options.batchSize || this.bytes >= MAX_BATCH_BYTES;
  }
}
