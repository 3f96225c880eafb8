import type { Connection, Listener } from '../../client/connection';
import type { TicketNews } from '../../client/follow-ticket';
import type { FollowedTicket } from '../../client/follow-tickets';

// A model of the API and of connections to it, in the time of Jest's fake timers. Everything that a client sees late,
// twice, out of order or not at all on AWS happens here too, by the dice of a seed.

const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** An event that reaches the view later than this after its time is remembered with the time when it did. */
const LATE_MS = 5 * SECOND;
const PAGE = 3;

/** Numbers that look random, and are the same for the same seed (mulberry32). */
export class Dice {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  between(least: number, most: number): number {
    return Math.floor(least + this.next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }
}

export interface SimTicket extends FollowedTicket {
  status: 'OPEN' | 'CLOSED';
}

interface SimEvent {
  ticket: SimTicket;
  previousStatus: SimTicket['status'] | null;
}

/** A row of the view, as an index shows it. */
interface Row {
  ticket: SimTicket;
  /** When it reached the view, if that was late. */
  reachedAt?: number;
}

interface Filter {
  id?: string;
  status?: string;
}

/** What reads do for now. */
export type ReadMode = 'fine' | 'failing' | 'slow' | 'hanging';

export interface WriteOptions {
  /** Of the clock of the server that takes the command. */
  skewMs?: number;
  projectedAfterMs?: number;
  publishedAfterMs?: number;
}

export class SimulatedServer {
  queries = 0;
  reads: ReadMode = 'fine';
  isUp = true;
  readonly sockets = new Set<SimulatedSocket>();
  private readonly log = new Map<string, SimEvent[]>();
  private readonly table = new Map<string, Row>();
  private readonly index = new Map<string, Row>();
  private readonly started = performance.now();

  constructor(
    readonly dice: Dice,
    private readonly epoch: number,
  ) {}

  /** The server's clock, which knows nothing of the client's. */
  get now(): number {
    return this.epoch + performance.now() - this.started;
  }

  /** Appends an event. The view, its index and the subscribers follow in their own time. */
  write(id: string, status: SimTicket['status'], options: WriteOptions = {}): void {
    const { dice } = this;
    const events = this.log.get(id) ?? [];
    const head = events.at(-1)?.ticket;
    const clock = this.now + (options.skewMs ?? 0);
    const updatedAt = timeOf(Math.max(clock, head ? Date.parse(head.updatedAt) : 0));
    const event = {
      ticket: { id, version: events.length + 1, updatedAt, status },
      previousStatus: head?.status ?? null,
    };
    this.log.set(id, [...events, event]);
    after(options.projectedAfterMs ?? dice.between(0, 2 * SECOND), () => {
      this.merge(event);
      after(options.publishedAfterMs ?? dice.between(0, SECOND), () => this.publish(event));
    });
  }

  /** Pushes an event again that was pushed before. */
  publishAgain(id: string): void {
    const events = this.log.get(id) ?? [];
    const event = events[this.dice.between(0, events.length - 1)];
    if (event) {
      this.publish(event);
    }
  }

  versionOf(id: string): number {
    return this.log.get(id)?.length ?? 0;
  }

  /** The newest state of all tickets, by the log. */
  get heads(): SimTicket[] {
    return [...this.log.values()].map((events) => events.at(-1)!.ticket);
  }

  /** The tickets as a list shows them now, and the newest updatedAt of all. */
  list(isListed: (ticket: SimTicket) => boolean): { tickets: SimTicket[]; newest: string | null } {
    const all = this.rows(() => true).map(({ ticket }) => ticket);
    return { tickets: all.filter(isListed), newest: all.at(-1)?.updatedAt ?? null };
  }

  answer(document: string, variables: Record<string, unknown>): unknown {
    const nextToken = (variables.nextToken ?? null) as string | null;
    if (document.includes('ticketEvents')) {
      const [id, from] = [String(variables.id), Number(nextToken ?? variables.afterVersion)];
      const items = (this.log.get(id) ?? []).slice(from, from + PAGE).map(({ ticket }) => newsOf(ticket));
      const to = from + items.length;
      return { ticketEvents: { items, nextToken: to < this.versionOf(id) ? String(to) : null } };
    }
    const { updatedSince } = variables.filter as { updatedSince?: string };
    const since = updatedSince === undefined ? -Infinity : Date.parse(updatedSince);
    const found = this.rows(
      ({ ticket, reachedAt }) => Date.parse(ticket.updatedAt) >= since || (reachedAt ?? -Infinity) >= since,
    ).filter(({ ticket }) => nextToken === null || placeOf(ticket) > nextToken);
    const items = found.slice(0, PAGE).map(({ ticket }) => ticket);
    return { tickets: { items, nextToken: found.length > PAGE ? placeOf(items.at(-1)!) : null } };
  }

  /** All sockets are gone at once. */
  break(noticedAfterMs = 0): void {
    this.sockets.forEach((socket) => socket.break(noticedAfterMs));
  }

  private rows(fits: (row: Row) => boolean): Row[] {
    const found = [...this.index.values()].filter(fits);
    return found.sort((a, b) => (placeOf(a.ticket) < placeOf(b.ticket) ? -1 : 1));
  }

  private isLate({ updatedAt }: SimTicket): boolean {
    return this.now - Date.parse(updatedAt) > LATE_MS;
  }

  /** Also what is done again. A late event is remembered in its row, even if the row is ahead of it. */
  private merge({ ticket }: SimEvent): void {
    const merged = this.table.get(ticket.id)?.ticket;
    const isNewest = !merged || ticket.version > merged.version;
    const isLate = this.isLate(ticket);
    if (isNewest || isLate) {
      const row = { ticket: isNewest ? ticket : merged, ...(isLate ? { reachedAt: this.now } : {}) };
      this.table.set(ticket.id, row);
      after(this.dice.between(0, 2 * SECOND), () => {
        if (this.table.get(ticket.id) === row) {
          this.index.set(ticket.id, row);
        }
      });
    }
  }

  private publish(event: SimEvent): void {
    this.merge(event);
    this.sockets.forEach((socket) => socket.push(event));
  }
}

function placeOf({ updatedAt, id }: SimTicket): string {
  return `${updatedAt}#${id}`;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

export function newsOf({ version, updatedAt }: SimTicket): TicketNews {
  return { version, type: 'TicketUpdated', at: updatedAt, actor: 'ann', changes: [] };
}

function after(ms: number, act: () => void): void {
  setTimeout(act, ms);
}

/** A client's socket, as long as its subscription is wanted. One that reconnects by itself is like Amplify's. */
class SimulatedSocket {
  private isOpen = false;
  private isWanted = true;
  /** Frames arrive in the order in which they were sent. */
  private lastArrival = 0;

  constructor(
    private readonly server: SimulatedServer,
    private readonly filter: Filter,
    private readonly listener: Listener<unknown>,
    private readonly comesBack: boolean,
  ) {
    this.connect();
  }

  push({ ticket, previousStatus }: SimEvent): void {
    const { id, status } = this.filter;
    const isMeant =
      (id === undefined || id === ticket.id) &&
      (status === undefined || status === ticket.status || status === previousStatus);
    if (this.isOpen && isMeant) {
      this.arrive(() => this.listener.next({ onTicketChanged: { ...newsOf(ticket), ticket } }));
    }
  }

  /** Nothing arrives any more; the client notices then or later. */
  break(noticedAfterMs: number): void {
    if (this.isOpen) {
      this.isOpen = false;
      after(noticedAfterMs, () => this.notice());
    }
  }

  close(): void {
    this.isWanted = false;
    this.isOpen = false;
    this.server.sockets.delete(this);
  }

  private connect(): void {
    const { server } = this;
    server.sockets.add(this);
    after(server.dice.between(1, 300), () => {
      if (!server.isUp) {
        this.notice();
      } else if (this.isWanted) {
        this.isOpen = true;
        this.arrive(() => this.listener.connected());
      }
    });
  }

  private notice(): void {
    if (!this.isWanted) {
      return;
    }
    if (!this.comesBack) {
      this.listener.error(new Error('The socket is closed.'));
      return;
    }
    this.listener.interrupted();
    after(this.server.dice.between(SECOND, 5 * SECOND), () => this.isWanted && this.connect());
  }

  private arrive(act: () => void): void {
    const now = performance.now();
    this.lastArrival = Math.max(this.lastArrival, now + this.server.dice.between(1, 200));
    after(this.lastArrival - now, () => this.isOpen && act());
  }
}

export class SimulatedConnection implements Connection {
  /** Subscriptions that nobody has ended. */
  open = 0;

  constructor(
    private readonly server: SimulatedServer,
    private readonly comesBack: boolean,
  ) {}

  query<T>(document: string, variables: object): Promise<T> {
    const { server } = this;
    const { dice } = server;
    server.queries += 1;
    return new Promise((resolve, reject) => {
      if (server.reads === 'hanging') {
        return;
      }
      const slow = server.reads === 'slow' ? dice.between(2 * SECOND, 40 * SECOND) : 0;
      after(dice.between(1, 200), () => {
        if (!server.isUp || server.reads === 'failing') {
          reject(new Error('HTTP 503'));
          return;
        }
        const answer = server.answer(document, variables as Record<string, unknown>) as T;
        after(slow + dice.between(1, 200), () => resolve(answer));
      });
    });
  }

  subscribe<T>(_document: string, variables: object, listener: Listener<T>): () => void {
    this.open += 1;
    const socket = new SimulatedSocket(this.server, variables, listener, this.comesBack);
    let isEnded = false;
    return () => {
      this.open -= isEnded ? 0 : 1;
      isEnded = true;
      socket.close();
    };
  }
}
