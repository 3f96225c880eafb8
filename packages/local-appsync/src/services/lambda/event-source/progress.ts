/**
 * What of a shard is done. Records are read in order and finish in any; the checkpoint is the last one
 * before which, itself included, nothing is open.
 */
export class Progress {
  /** In the order read; what the checkpoint has passed is dropped. */
  private readonly records = new Map<string, boolean>();
  private lastPassed: string | undefined;
  private passedCount = 0;

  read(sequenceNumber: string): void {
    this.records.set(sequenceNumber, false);
  }

  done(sequenceNumber: string): void {
    if (!this.records.has(sequenceNumber)) {
      return;
    }
    this.records.set(sequenceNumber, true);
    for (const [first, isDone] of this.records) {
      if (!isDone) {
        return;
      }
      this.records.delete(first);
      this.lastPassed = first;
      this.passedCount += 1;
    }
  }

  /** A sequence number, or nothing while the first record read is open. */
  get checkpoint(): string | undefined {
    return this.lastPassed;
  }

  /** Records read and not yet passed by the checkpoint. */
  get open(): number {
    return this.records.size;
  }

  /** Records that the checkpoint has passed. */
  get passed(): number {
    return this.passedCount;
  }
}
