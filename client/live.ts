import { type Backoff, backoff, Retry } from './backoff';
import type { Connection, Status } from './connection';

export interface LiveOptions<T> {
  document: string;
  variables: object;
  /** Reads what was missed. Called whenever the subscription begins or begins again, and by `catchUp`. */
  readMissed(): Promise<void>;
  push(data: T): void;
  status?(status: Status): void;
  wait?: Backoff;
}

/**
 * A subscription that comes back after it broke, and reads what was missed meanwhile: first subscribe, then read, so that
 * nothing falls between the two.
 */
export class Live<T> {
  private readonly resubscribe: Retry;
  private readonly reread: Retry;
  private end?: () => void;
  private isReading = false;
  private isWanted = false;
  private isStopped = false;

  constructor(
    private readonly connection: Connection,
    private readonly options: LiveOptions<T>,
  ) {
    const wait = options.wait ?? backoff;
    this.resubscribe = new Retry(() => this.subscribe(), wait);
    this.reread = new Retry(() => void this.read(), wait);
    this.subscribe();
  }

  /** Whether something is being read: what is pushed meanwhile may be in it. */
  get isCatchingUp(): boolean {
    return this.isReading || this.isWanted;
  }

  /** Reads what was missed; once more afterwards if that is asked for meanwhile. */
  catchUp(): void {
    this.isWanted = true;
    void this.read();
  }

  stop(): void {
    this.isStopped = true;
    this.resubscribe.stop();
    this.reread.stop();
    this.end?.();
  }

  private subscribe(): void {
    const { document, variables, push, status } = this.options;
    status?.('connecting');
    let isOver = false;
    const whileOpen = <A extends unknown[]>(act: (...args: A) => void) => {
      return (...args: A) => {
        if (!isOver && !this.isStopped) {
          act(...args);
        }
      };
    };
    this.end = this.connection.subscribe<T>(document, variables, {
      connected: whileOpen(() => {
        this.resubscribe.worked();
        status?.('live');
        this.catchUp();
      }),
      next: whileOpen(push),
      interrupted: whileOpen(() => status?.('disconnected')),
      error: whileOpen(() => {
        isOver = true;
        status?.('disconnected');
        this.resubscribe.later();
      }),
    });
  }

  private async read(): Promise<void> {
    if (this.isReading || !this.isWanted || this.isStopped) {
      return;
    }
    this.isReading = true;
    this.isWanted = false;
    try {
      await this.options.readMissed();
      this.reread.worked();
    } catch {
      // The connection is down, or the server: it is asked again until it answers.
      this.isWanted = true;
      this.reread.later();
      return;
    } finally {
      this.isReading = false;
    }
    await this.read();
  }
}
