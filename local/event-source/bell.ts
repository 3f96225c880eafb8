import { unlessAborted } from './pause';

/** Something that happens again and again; `next` resolves the next time it does. */
export class Bell {
  #resolve!: () => void;
  #next = this.#arm();

  get next(): Promise<void> {
    return this.#next;
  }

  ring(): void {
    const heard = this.#resolve;
    this.#next = this.#arm();
    heard();
  }

  /** Waits for the next time, which comes by itself after so many milliseconds; or until the signal aborts. */
  async within(ms: number, signal: AbortSignal): Promise<void> {
    const timer = setTimeout(() => this.ring(), ms);
    await unlessAborted(this.next, signal);
    clearTimeout(timer);
  }

  #arm(): Promise<void> {
    return new Promise((resolve) => (this.#resolve = resolve));
  }
}
