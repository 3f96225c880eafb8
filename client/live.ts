import { type Backoff, backoff, Retry } from './backoff';
import { CatchUp } from './catch-up';
import type { Connection, Status } from './connection';

export interface LiveOptions<T> {
  document: string;
  variables: object;
  /** Reads what was missed: whenever the subscription begins or begins again, and when `catchUp` asks for it. */
  readMissed(): Promise<void>;
  /** How far reads may lag behind pushes. Once the subscription is that old, what was missed is read again. */
  settleMs?: number;
  push(data: T): void;
  /** Hears of each change of the status, and with 'disconnected' why. */
  status?(status: Status, cause?: unknown): void;
  wait?: Backoff;
}

/** A subscription that ends sooner than this counts as failed, so that the next one waits longer. */
const STEADY_MS = 10_000;

/**
 * A subscription that comes back after it broke, and reads what was missed meanwhile: first subscribe, then read, so that
 * nothing falls between the two.
 */
export class Live<T> {
  private readonly resubscribe: Retry;
  private readonly missed: CatchUp;
  private settling?: ReturnType<typeof setTimeout>;
  private isMoreToSettle = false;
  private close?: () => void;
  private status?: Status;
  private isConnected = false;
  private isStopped = false;

  constructor(
    private readonly connection: Connection,
    private readonly options: LiveOptions<T>,
  ) {
    const { wait = backoff, readMissed } = options;
    this.resubscribe = new Retry(() => this.subscribe(), wait);
    this.missed = new CatchUp({
      read: readMissed,
      worked: () => this.isConnected && this.tell('live'),
      failed: (cause) => this.tell('disconnected', cause),
      wait,
    });
  }

  start(): void {
    this.subscribe();
  }

  /** Whether what was missed has been read since the subscription began, and nothing is left to read. */
  get isCurrent(): boolean {
    return this.status === 'live' && !this.missed.isPending;
  }

  /** Whether something is being read, or will be: what is pushed meanwhile may be in it. */
  get isCatchingUp(): boolean {
    return this.missed.isPending;
  }

  /** Reads what was missed; once more afterwards if a read is under way. */
  catchUp(): void {
    this.missed.want();
  }

  /** Reads what was missed, as soon as reads show all that has been pushed by now. */
  settle(): void {
    if (this.isStopped) {
      return;
    }
    if (this.settling !== undefined) {
      this.isMoreToSettle = true;
      return;
    }
    this.isMoreToSettle = false;
    this.settling = setTimeout(() => {
      this.settling = undefined;
      this.catchUp();
      if (this.isMoreToSettle) {
        this.settle();
      }
    }, this.options.settleMs);
  }

  stop(): void {
    this.isStopped = true;
    this.resubscribe.stop();
    this.missed.stop();
    this.stopSettling();
    this.close?.();
  }

  private subscribe(): void {
    this.tell('connecting');
    const began = performance.now();
    const subscription = { isOver: false };
    const whileOpen = <A extends unknown[]>(act: (...args: A) => void) => {
      return (...args: A) => {
        if (!subscription.isOver && !this.isStopped) {
          act(...args);
        }
      };
    };
    const over = whileOpen((cause: unknown) => {
      subscription.isOver = true;
      this.close?.();
      this.close = undefined;
      if (performance.now() - began >= STEADY_MS) {
        this.resubscribe.worked();
      }
      this.resubscribe.later();
      this.disconnected(cause);
    });
    try {
      const { document, variables, push } = this.options;
      this.close = this.connection.subscribe<T>(document, variables, {
        connected: whileOpen(() => this.connected()),
        next: whileOpen(push),
        interrupted: whileOpen(() => this.disconnected()),
        error: over,
      });
    } catch (cause) {
      over(cause);
    }
    if (subscription.isOver || this.isStopped) {
      // It ended before there was something to close.
      this.close?.();
      this.close = undefined;
    }
  }

  private connected(): void {
    this.isConnected = true;
    this.catchUp();
    this.stopSettling();
    if (this.options.settleMs !== undefined) {
      this.settle();
    }
  }

  private disconnected(cause?: unknown): void {
    this.isConnected = false;
    this.stopSettling();
    this.tell('disconnected', cause);
  }

  private stopSettling(): void {
    clearTimeout(this.settling);
    this.settling = undefined;
  }

  private tell(status: Status, cause?: unknown): void {
    if (status !== this.status && !this.isStopped) {
      this.status = status;
      this.options.status?.(status, cause);
    }
  }
}
