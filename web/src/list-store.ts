import { type Backoff, backoff, Retry } from '../../client/backoff';
import type { Connection, Status } from '../../client/connection';
import { followTickets } from '../../client/follow-tickets';
import { Store } from './store';
import { whyUnread } from './words';
import { comparing, type Filter, isListed, LISTED, type Listed, type Order } from './tickets';

export interface ListState {
  tickets: Listed[];
  /** Whether a page is being read, and whether there are more. */
  isLoading: boolean;
  hasMore: boolean;
  /** Why the latest page could not be read, for people. It is tried again. */
  error?: string;
  connection: Status;
  /** When the connection became what it is. */
  since: number;
}

const PAGE = 50;
const TICKETS = `query Tickets($filter: TicketFilter, $order: SortOrder, $limit: Int, $nextToken: String) {
  tickets(filter: $filter, order: $order, limit: $limit, nextToken: $nextToken) { items { ${LISTED} } nextToken }
}`;

/** A list of tickets that grows page by page, and that tickets enter and leave as they change. */
export class ListStore extends Store<ListState> {
  private nextToken: string | null = null;
  private readonly reread: Retry;
  private stopFollowing?: () => void;
  private isStopped = false;

  constructor(
    private readonly api: Connection,
    private readonly filter: Filter,
    private readonly order: Order,
    private readonly wait: Backoff = backoff,
  ) {
    super({ tickets: [], isLoading: false, hasMore: true, connection: 'connecting', since: Date.now() });
    this.reread = new Retry(() => void this.loadMore(), wait);
  }

  start(): void {
    const { status, assignee, requester } = this.filter;
    const wanted = Object.entries({ status, assignee, requester }).filter(([, value]) => !!value);
    this.stopFollowing = followTickets<Listed>(this.api, {
      filter: Object.fromEntries(wanted),
      since: new Date().toISOString(),
      fields: LISTED,
      next: (ticket) => this.place(ticket),
      status: (connection) => this.set({ connection, since: Date.now() }),
      wait: this.wait,
    });
    void this.loadMore();
  }

  stop(): void {
    this.isStopped = true;
    this.reread.stop();
    this.stopFollowing?.();
  }

  async loadMore(): Promise<void> {
    const { isLoading, hasMore } = this.state();
    if (isLoading || !hasMore || this.isStopped) {
      return;
    }
    this.set({ isLoading: true });
    try {
      const { filter, order, nextToken } = this;
      const page = await this.api.query<{ tickets: { items: Listed[]; nextToken: string | null } }>(TICKETS, {
        ...{ filter, order, nextToken },
        limit: PAGE,
      });
      this.nextToken = page.tickets.nextToken;
      this.add(page.tickets.items);
      this.set({ isLoading: false, hasMore: this.nextToken !== null, error: undefined });
      this.reread.worked();
    } catch (error) {
      this.set({ isLoading: false, error: whyUnread(error) });
      this.reread.later();
    }
  }

  private add(page: Listed[]): void {
    const known = new Map(this.state().tickets.map((ticket) => [ticket.id, ticket]));
    for (const ticket of page) {
      // A change may have been quicker than the page.
      if ((known.get(ticket.id)?.version ?? 0) < ticket.version) {
        known.set(ticket.id, ticket);
      }
    }
    this.set({ tickets: [...known.values()].sort(comparing(this.order)) });
  }

  /** Puts a ticket where it belongs, as far as the list is loaded. An older version than the one that is there is ignored. */
  place(ticket: Listed): void {
    const known = this.state().tickets.find(({ id }) => id === ticket.id);
    if (known && known.version >= ticket.version) {
      return;
    }
    const compare = comparing(this.order);
    const tickets = this.state().tickets.filter(({ id }) => id !== ticket.id);
    const last = tickets.at(-1);
    // What is behind the end comes with its page.
    const isInReach = !this.state().hasMore || (last !== undefined && compare(ticket, last) < 0);
    if (isListed(ticket, this.filter) && isInReach) {
      const place = tickets.findIndex((other) => compare(ticket, other) < 0);
      tickets.splice(place < 0 ? tickets.length : place, 0, ticket);
    }
    this.set({ tickets });
  }
}
