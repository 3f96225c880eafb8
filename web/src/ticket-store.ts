import type { Connection, Status } from '../../client/connection';
import { followTicket } from '../../client/follow-ticket';
import { Store } from './store';
import { EVENT, type Event, WHOLE, type Whole } from './tickets';

export interface TicketState {
  ticket?: Whole;
  /** The whole history, oldest first. */
  events: Event[];
  phase: 'loading' | 'ready' | 'missing' | 'failed';
  error?: string;
  connection: Status;
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
  private stopFollowing?: () => void;
  private reading?: Promise<void>;
  private isStopped = false;

  constructor(
    private readonly api: Connection,
    readonly id: string,
  ) {
    super({ events: [], phase: 'loading', connection: 'connecting' });
  }

  start(): void {
    void this.read().then(() => {
      if (!this.isStopped && this.state().phase === 'ready') {
        this.stopFollowing = followTicket(this.api, {
          id: this.id,
          afterVersion: this.version,
          next: ({ version }) => void this.reach(version),
          status: (connection) => this.set({ connection }),
        });
      }
    });
  }

  stop(): void {
    this.isStopped = true;
    this.stopFollowing?.();
  }

  async retry(): Promise<void> {
    this.set({ phase: 'loading', error: undefined });
    this.start();
    await this.reading;
  }

  /** What a mutation answered: the ticket as of the event that it wrote. */
  take(ticket: Whole): void {
    if (ticket.version > (this.state().ticket?.version ?? 0)) {
      this.set({ ticket });
    }
    void this.reach(ticket.version);
  }

  /** The ticket as of a version. */
  async asOf(version: number): Promise<Whole | null> {
    return (await this.api.query<{ ticket: Whole | null }>(AS_OF, { id: this.id, version })).ticket;
  }

  private get version(): number {
    return this.state().events.at(-1)?.version ?? 0;
  }

  /** Resolves when the history has this version, or can't be read. */
  async reach(version: number): Promise<void> {
    while (version > this.version && !this.isStopped) {
      await this.read();
      if (this.state().phase === 'failed') {
        return;
      }
    }
  }

  private read(): Promise<void> {
    this.reading ??= this.readOn().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async readOn(): Promise<void> {
    try {
      const events = [...this.state().events];
      const afterVersion = this.version;
      let nextToken: string | null = null;
      do {
        const { ticketEvents }: History = await this.api.query<History>(EVENTS, {
          id: this.id,
          afterVersion,
          nextToken,
        });
        if (!ticketEvents) {
          this.set({ phase: 'missing' });
          return;
        }
        events.push(...ticketEvents.items);
        nextToken = ticketEvents.nextToken;
      } while (nextToken !== null);
      const newest = events.at(-1)!.version;
      const known = this.state().ticket;
      const ticket = known && known.version >= newest ? known : await this.asOf(newest);
      this.set({ ticket: ticket ?? undefined, events, phase: 'ready', error: undefined });
    } catch (error) {
      this.set({ phase: this.state().ticket ? 'ready' : 'failed', error: (error as Error).message });
      throw error;
    }
  }
}
