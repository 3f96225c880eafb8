import { backoff, type Backoff, Retry } from '../../client/backoff';
import type { Connection, Status } from '../../client/connection';
import { followTicket } from '../../client/follow-ticket';
import { Store } from './store';
import { EVENT, type Event, WHOLE, type Whole } from './tickets';
import { whyUnread } from './words';

export interface TicketState {
  ticket?: Whole;
  /** The whole history, oldest first. */
  events: Event[];
  phase: 'loading' | 'ready' | 'missing';
  /** Why the latest read failed, for people. It is tried again. */
  error?: string;
  connection: Status;
  /** When the connection became what it is. */
  since: number;
}

const EVENTS = `query History($id: ID!, $afterVersion: Int, $nextToken: String) {
  ticketEvents(id: $id, afterVersion: $afterVersion, limit: 100, nextToken: $nextToken) { items { ${EVENT} } nextToken }
}`;
const AS_OF = `query AsOf($id: ID!, $version: Int) { ticket(id: $id, version: $version) { ${WHOLE} } }`;

interface History {
  ticketEvents: { items: Event[]; nextToken: string | null } | null;
}

/** A ticket with its history, as both go on. Everything is read from the log, which is ahead of the view. */
export class TicketStore extends Store<TicketState> {
  private readonly reread: Retry;
  private stopFollowing?: () => void;
  private isReading = false;
  private isStopped = false;
  /** The version that is known to exist. */
  private wanted = 1;

  constructor(
    private readonly api: Connection,
    readonly id: string,
    private readonly wait: Backoff = backoff,
  ) {
    super({ events: [], phase: 'loading', connection: 'connecting', since: Date.now() });
    this.reread = new Retry(() => void this.read(), wait);
  }

  start(): void {
    void this.read();
  }

  stop(): void {
    this.isStopped = true;
    this.reread.stop();
    this.stopFollowing?.();
  }

  /** Reads now what would be read later. */
  retry(): void {
    void this.read();
  }

  /** What a mutation answered: the ticket as of the event that it wrote. */
  take(ticket: Whole): void {
    if (ticket.version > (this.state().ticket?.version ?? 0)) {
      this.set({ ticket });
    }
    this.reach(ticket.version);
  }

  /** The ticket as of a version. */
  async asOf(version: number): Promise<Whole | null> {
    return (await this.api.query<{ ticket: Whole | null }>(AS_OF, { id: this.id, version })).ticket;
  }

  private get version(): number {
    return this.state().events.at(-1)?.version ?? 0;
  }

  private reach(version: number): void {
    this.wanted = Math.max(this.wanted, version);
    if (this.wanted > this.version) {
      void this.read();
    }
  }

  /** Reads until the history has what is known to exist. What fails is tried again, later each time. */
  private async read(): Promise<void> {
    if (this.isReading || this.isStopped) {
      return;
    }
    this.isReading = true;
    try {
      do {
        await this.readOn();
      } while (this.wanted > this.version && this.state().phase === 'ready' && !this.isStopped);
      this.reread.worked();
      this.follow();
    } catch (error) {
      this.set({ error: whyUnread(error) });
      this.reread.later();
    } finally {
      this.isReading = false;
    }
  }

  private follow(): void {
    if (this.stopFollowing || this.isStopped || this.state().phase !== 'ready') {
      return;
    }
    this.stopFollowing = followTicket(this.api, {
      id: this.id,
      afterVersion: this.version,
      next: ({ version }) => this.reach(version),
      status: (connection) => this.set({ connection, since: Date.now() }),
      wait: this.wait,
    });
  }

  private async readOn(): Promise<void> {
    const events = [...this.state().events];
    const afterVersion = this.version;
    let nextToken: string | null = null;
    do {
      const { ticketEvents }: History = await this.api.query<History>(EVENTS, { id: this.id, afterVersion, nextToken });
      if (!ticketEvents) {
        this.set({ phase: 'missing', error: undefined });
        return;
      }
      events.push(...ticketEvents.items);
      nextToken = ticketEvents.nextToken;
    } while (nextToken !== null);
    const newest = events.at(-1)!.version;
    const known = this.state().ticket;
    const ticket = known && known.version >= newest ? known : await this.asOf(newest);
    this.set({ ticket: ticket ?? undefined, events, phase: 'ready', error: undefined });
  }
}
