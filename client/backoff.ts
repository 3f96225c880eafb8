const FIRST_MS = 250;
const MOST_MS = 15_000;

/** How long to wait before the nth retry in a row, from 1: longer each time, and for no two clients the same. */
export type Backoff = (retry: number) => number;

export const backoff: Backoff = (retry) => Math.min(MOST_MS, FIRST_MS * 2 ** (retry - 1)) * (0.5 + Math.random() / 2);

/** Tries again, later each time, until it works or is stopped. */
export class Retry {
  private retries = 0;
  private timer?: ReturnType<typeof setTimeout>;
  private stopped = false;

  constructor(
    private readonly act: () => void,
    private readonly wait: Backoff,
  ) {}

  later(): void {
    if (!this.stopped) {
      clearTimeout(this.timer);
      this.retries += 1;
      this.timer = setTimeout(this.act, this.wait(this.retries));
    }
  }

  worked(): void {
    this.retries = 0;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }
}
