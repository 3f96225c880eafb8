import { type Backoff, backoff } from '../../client/backoff';
import { CatchUp } from '../../client/catch-up';
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
  private readonly catchUp: CatchUp;
  private stopFollowing?: () => void;
  private following: Status = 'connecting';
  private isBehind = false;
  /** The version that is known to exist. */
  private wanted = 1;

  constructor(
    private readonly api: Connection,
    readonly id: string,
    private readonly wait: Backoff = backoff,
  ) {
    super({ events: [], phase: 'loading', connection: 'connecting', since: Date.now() });
    this.catchUp = new CatchUp({
      read: () => this.read(),
      worked: () => this.caughtUp(),
      failed: (cause) => this.fellBehind(cause),
      wait,
    });
  }

  start(): void {
    this.catchUp.want();
  }

  stop(): void {
    this.catchUp.stop();
    this.stopFollowing?.();
  }

  /** Reads now what would be read later. */
  retry(): void {
    this.catchUp.want();
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
      this.catchUp.want();
    }
  }

  private caughtUp(): void {
    this.isBehind = false;
    this.showConnection();
    if (this.state().phase === 'ready') {
      this.stopFollowing ??= followTicket(this.api, {
        id: this.id,
        afterVersion: this.version,
        next: ({ version }) => this.reach(version),
        status: (status) => {
          this.following = status;
          this.showConnection();
        },
        wait: this.wait,
      });
    }
  }

  private fellBehind(cause: unknown): void {
    this.isBehind = true;
    this.set({ error: whyUnread(cause) });
    this.showConnection();
  }

  /** The pane is not live while what is known to exist can't be read. */
  private showConnection(): void {
    const connection = this.isBehind && this.following === 'live' ? 'disconnected' : this.following;
    if (connection !== this.state().connection) {
      this.set({ connection, since: Date.now() });
    }
  }

  /** Rejects if it can't be read, or if the history lacks a version that was known before. */
  private async read(): Promise<void> {
    const { wanted } = this;
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
    if (wanted > newest) {
      throw new Error(`The history has no version ${wanted} yet.`);
    }
  }
}
