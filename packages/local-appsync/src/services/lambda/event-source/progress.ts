/**
 * What of a shard is done. Records are read in order and finish in any; the checkpoint is the last one
 * before which, itself included, nothing is open.
 */
export class Progress {
  /** In the order read; what the checkpoint has passed is dropped. */
  readonly #open = new Map<string, boolean>();
  #checkpoint: string | undefined;
  #passed = 0;

  read(sequenceNumber: string): void {
    this.#open.set(sequenceNumber, false);
  }

  done(sequenceNumber: string): void {
    if (!this.#open.has(sequenceNumber)) return;
    this.#open.set(sequenceNumber, true);
    for (const [first, isDone] of this.#open) {
      if (!isDone) return;
      this.#open.delete(first);
      this.#checkpoint = first;
      this.#passed += 1;
    }
  }

  /** A sequence number, or nothing while the first record read is open. */
  get checkpoint(): string | undefined {
    return this.#checkpoint;
  }

  /** Records read and not yet passed by the checkpoint. */
  get open(): number {
    return this.#open.size;
  }

  /** Records that the checkpoint has passed. */
  get passed(): number {
    return this.#passed;
  }
}
