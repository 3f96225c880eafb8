import { type Backoff, backoff, Retry } from './backoff';

export interface CatchUpOptions {
  /** Rejects if there is something that it could not read. */
  read(): Promise<void>;
  /** Everything that was wanted has been read. */
  worked(): void;
  /** A read failed; it is retried. */
  failed(cause: unknown): void;
  wait?: Backoff;
}

/** Reads until it works: one read at a time, and one more if a read is wanted meanwhile. A failed read is retried. */
export class CatchUp {
  private readonly retry: Retry;
  private isWanted = false;
  private isReading = false;
  private isStopped = false;

  constructor(private readonly options: CatchUpOptions) {
    this.retry = new Retry(() => void this.run(), options.wait ?? backoff);
  }

  /** Whether a read is under way, or will be retried. */
  get isPending(): boolean {
    return this.isWanted || this.isReading;
  }

  /** Reads now, or once more after the read that is under way: the read begins after this call. */
  want(): void {
    this.isWanted = true;
    void this.run();
  }

  stop(): void {
    this.isStopped = true;
    this.retry.stop();
  }

  /** Never rejects. */
  private async run(): Promise<void> {
    if (this.isReading || !this.isWanted || this.isStopped) {
      return;
    }
    this.isReading = true;
    this.isWanted = false;
    const failure = await this.attempt();
    this.isReading = false;
    if (this.isStopped) {
      return;
    }
    if (failure) {
      this.isWanted = true;
      this.retry.later();
      this.options.failed(failure.cause);
      return;
    }
    this.retry.worked();
    if (this.isWanted) {
      await this.run();
    } else {
      this.options.worked();
    }
  }

  private async attempt(): Promise<{ cause: unknown } | undefined> {
    try {
      await this.options.read();
      return undefined;
    } catch (cause) {
      return { cause };
    }
  }
}
