import { backoff, type Backoff, Retry } from '../../client/backoff';
import type { Connection, Status } from '../../client/connection';
import { followTickets } from '../../client/follow-tickets';
import { TicketList } from '../../client/ticket-list';
import { Store } from './store';
import { comparing, type Filter, isListed, LISTED, type Listed, type Order } from './tickets';
import { whyUnread } from './words';

export interface ListState {
  tickets: readonly Listed[];
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
  newest: tickets(limit: 1) { items { updatedAt } }
}`;

interface Page {
  tickets: { items: Listed[]; nextToken: string | null };
  newest: { items: { updatedAt: string }[] };
}

/** A list of tickets that grows page by page, and that tickets enter and leave as they change. */
export class ListStore extends Store<ListState> {
  private readonly list: TicketList<Listed>;
  private readonly reread: Retry;
  private nextToken: string | null = null;
  private stopFollowing?: () => void;
  private isStopped = false;

  constructor(
    private readonly api: Connection,
    private readonly filter: Filter,
    private readonly order: Order,
    private readonly wait: Backoff = backoff,
  ) {
    super({ tickets: [], isLoading: false, hasMore: true, connection: 'connecting', since: Date.now() });
    this.list = new TicketList({ isListed: (ticket) => isListed(ticket, filter), compare: comparing(order) });
    this.reread = new Retry(() => void this.loadMore(), wait);
  }

  start(): void {
    void this.loadMore();
  }

  stop(): void {
    this.isStopped = true;
    this.reread.stop();
    this.stopFollowing?.();
  }

  /** Reads the next page. One that can't be read is tried again, later each time. */
  async loadMore(): Promise<void> {
    const { isLoading, hasMore } = this.state();
    if (isLoading || !hasMore || this.isStopped) {
      return;
    }
    this.set({ isLoading: true });
    try {
      const { filter, order, nextToken } = this;
      const page = await this.api.query<Page>(TICKETS, { filter, order, nextToken, limit: PAGE });
      this.nextToken = page.tickets.nextToken;
      this.list.add(page.tickets.items, this.nextToken === null);
      const hasMore = this.nextToken !== null;
      this.set({ tickets: this.list.tickets, isLoading: false, hasMore, error: undefined });
      this.reread.worked();
      this.follow(page.newest.items[0]?.updatedAt);
    } catch (error) {
      this.set({ isLoading: false, error: whyUnread(error) });
      this.reread.later();
    }
  }

  /** Takes what is known of a ticket otherwise: it may belong into the list. */
  place(ticket: Listed): void {
    this.list.place(ticket);
    this.set({ tickets: this.list.tickets });
  }

  /** `since`: the newest change that the server knew when the first page was read. */
  private follow(since: string | undefined): void {
    if (this.stopFollowing || this.isStopped) {
      return;
    }
    const { status, assignee, requester } = this.filter;
    const wanted = Object.entries({ status, assignee, requester }).filter(([, value]) => !!value);
    this.stopFollowing = followTickets<Listed>(this.api, {
      filter: Object.fromEntries(wanted),
      since,
      fields: LISTED,
      next: (ticket) => this.place(ticket),
      status: (connection) => this.set({ connection, since: Date.now() }),
      wait: this.wait,
    });
  }
}
