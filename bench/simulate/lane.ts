/** What has arrived and waits, first in first out; as amounts, not as single events. */
export class Queue {
  private readonly waiting: { at: number; count: number }[] = [];
  size = 0;

  add(at: number, count: number): void {
    if (count > 0) {
      this.waiting.push({ at, count });
      this.size += count;
    }
  }

  /** Takes up to `most`, the oldest first; what was taken. */
  take(most: number): number {
    let left = Math.min(most, this.size);
    const taken = left;
    while (left > 1e-9) {
      const first = this.waiting[0]!;
      const part = Math.min(first.count, left);
      first.count -= part;
      left -= part;
      if (first.count <= 1e-9) {
        this.waiting.shift();
      }
    }
    this.size -= taken;
    return taken;
  }

  /** How long the oldest has waited at a time, in seconds. */
  age(now: number): number {
    return this.size > 1e-6 && this.waiting[0] ? now - this.waiting[0].at : 0;
  }
}
