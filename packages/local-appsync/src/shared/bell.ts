import { unlessAborted } from './pause';

/** Something that happens again and again; `next` resolves the next time it does. */
export class Bell {
  private resolve!: () => void;
  private upcoming = this.arm();

  get next(): Promise<void> {
    return this.upcoming;
  }

  ring(): void {
    const heard = this.resolve;
    this.upcoming = this.arm();
    heard();
  }

  /**
   * Waits for the next time, which comes by itself after so many milliseconds; or until the signal aborts. A `next` that
   * was taken earlier has come if the bell has rung since.
   */
  async within(ms: number, signal: AbortSignal, next = this.next): Promise<void> {
    const timer = setTimeout(() => this.ring(), ms);
    await unlessAborted(next, signal);
    clearTimeout(timer);
  }

  private arm(): Promise<void> {
    return new Promise((resolve) => (this.resolve = resolve));
  }
}
