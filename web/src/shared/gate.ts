import { Unreachable } from './errors';
import type { Lock } from './lock';
import { pause } from './pause';
import { readJson, type Shelf } from './shelf';

/** Leave to send one request. */
export interface Pass {
  at: number;
  isProbe: boolean;
}

/** Written while the server does not answer; absent while it does. */
interface Closed {
  /** Requests in a row that were not answered. */
  misses: number;
  /** When the next one may be sent. */
  next: number;
  /** When those of the last minute were sent. */
  recent: number[];
}

/** Where it is written whether the gate is closed. */
export const GATE = 'desk.gate';
const FIRST_MS = 1000;
const MOST_MS = 60_000;
const MINUTE_MS = 60_000;
export const MOST_A_MINUTE = 12;

/**
 * Paces all requests of all tabs while the server does not answer. It lets one through at a time, each after a longer
 * wait than the one before, and at most 12 a minute. The first answer opens it.
 */
export class Gate {
  constructor(
    private readonly shelf: Shelf,
    private readonly lock: Lock,
    private readonly random: () => number = Math.random,
  ) {}

  /** Resolves when a request may be sent. Rejects with Unreachable if that takes longer than the caller has patience. */
  async pass(patienceMs = Infinity): Promise<Pass> {
    const end = Date.now() + patienceMs;
    for (;;) {
      const pass = this.isOpen ? { at: Date.now(), isProbe: false } : await this.lock(GATE, () => this.probe());
      if (pass) {
        return pass;
      }
      const left = end - Date.now();
      if (left <= 0) {
        throw new Unreachable('The server has not answered for a while.');
      }
      await pause(Math.min(left, this.waitMs()), (wake) => this.shelf.listen((key) => key === GATE && wake()));
    }
  }

  /** Asks for who waits for `patienceMs` in all: at the gate for two thirds of them, and the request has what is left. */
  async ask<T>(patienceMs: number, request: (leftMs: number) => Promise<T>): Promise<T> {
    const end = Date.now() + patienceMs;
    const pass = await this.pass((patienceMs * 2) / 3);
    return this.send(pass, () => request(end - Date.now()));
  }

  /** Sends the request, and learns from whether it was answered. */
  async send<T>(pass: Pass, request: () => Promise<T>): Promise<T> {
    try {
      const answer = await request();
      this.open();
      return answer;
    } catch (error) {
      if (error instanceof Unreachable) {
        await this.missed(pass);
      } else {
        this.open();
      }
      throw error;
    }
  }

  private open(): void {
    if (!this.isOpen) {
      this.shelf.remove(GATE);
    }
  }

  private async missed({ at, isProbe }: Pass): Promise<void> {
    await this.lock(GATE, () => {
      const closed = this.closed;
      if (closed === null) {
        this.write({ misses: 1, next: this.nextAfter(1), recent: [at] });
      } else if (!isProbe) {
        this.write({ ...closed, recent: [...closed.recent, at] });
      }
    });
  }

  /** There is reason to hope: the next probe need not wait for longer than the minute's limit asks. */
  async hurry(): Promise<void> {
    await this.lock(GATE, () => {
      const closed = this.closed;
      if (closed !== null) {
        this.write({ ...closed, misses: 0, next: 0 });
      }
    });
  }

  get isOpen(): boolean {
    return this.closed === null;
  }

  private probe(): Pass | null {
    const closed = this.closed;
    const at = Date.now();
    if (closed === null) {
      return { at, isProbe: false };
    }
    if (this.waitMs() > 0) {
      return null;
    }
    const misses = closed.misses + 1;
    this.write({ misses, next: this.nextAfter(misses), recent: [...lastMinute(closed), at] });
    return { at, isProbe: true };
  }

  private waitMs(): number {
    const closed = this.closed;
    if (closed === null) {
      return 0;
    }
    const recent = lastMinute(closed);
    const free = recent.length < MOST_A_MINUTE ? 0 : recent.at(-MOST_A_MINUTE)! + MINUTE_MS;
    const wait = Math.max(closed.next, free) - Date.now();
    // Only a clock that was set back makes it longer.
    return wait > 2 * MOST_MS ? 0 : wait;
  }

  private nextAfter(misses: number): number {
    const wait = Math.min(MOST_MS, FIRST_MS * 2 ** (misses - 1));
    return Date.now() + wait * (0.75 + this.random() / 2);
  }

  private get closed(): Closed | null {
    return readJson<Closed>(this.shelf, GATE);
  }

  private write(closed: Closed): void {
    this.shelf.write(GATE, JSON.stringify({ ...closed, recent: lastMinute(closed) }));
  }
}

function lastMinute({ recent }: Closed): number[] {
  const now = Date.now();
  return recent.filter((at) => at > now - MINUTE_MS && at <= now).sort((a, b) => a - b);
}
