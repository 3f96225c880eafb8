import { type Backoff, backoff, Retry } from '../../client/backoff';
import type { Connection, Status } from '../../client/connection';
import { followTickets } from '../../client/follow-tickets';
import { TicketList } from '../../client/ticket-list';
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
const LATE_MS = 60_000;
const PARAMETERS = '$filter: TicketFilter, $order: SortOrder, $limit: Int, $nextToken: String';
const TICKETS = `tickets(filter: $filter, order: $order, limit: $limit, nextToken: $nextToken) {
  items { ${LISTED} } nextToken
}`;
const NEXT_PAGE = `query Tickets(${PARAMETERS}) { ${TICKETS} }`;
/** With the newest change that the server knows of: what comes after it is followed. */
const FIRST_PAGE = `query FirstTickets(${PARAMETERS}) { ${TICKETS} newest: tickets(limit: 1) { items { updatedAt } } }`;

interface Page {
  tickets: { items: Listed[]; nextToken: string | null };
  newest?: { items: { updatedAt: string }[] };
}

/** A list of tickets that grows page by page, and that tickets enter and leave as they change. */
export class ListStore extends Store<ListState> {
  private readonly list: TicketList<Listed>;
  /** Tickets that are in the list even if they changed before the time that its filter asks for: they reached the view since. */
  private readonly late = new Set<string>();
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
    this.list = new TicketList({
      isListed: (ticket) => isListed(ticket, filter, this.late.has(ticket.id)),
      compare: comparing(order),
    });
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

  async loadMore(): Promise<void> {
    const { isLoading, hasMore } = this.state();
    if (isLoading || !hasMore || this.isStopped) {
      return;
    }
    this.set({ isLoading: true });
    try {
      const { filter, order, nextToken } = this;
      const page = await this.api.query<Page>(this.stopFollowing ? NEXT_PAGE : FIRST_PAGE, {
        ...{ filter, order, nextToken },
        limit: PAGE,
      });
      this.nextToken = page.tickets.nextToken;
      const hasMore = this.nextToken !== null;
      // What the API lists is listed, even if it changed before the time that the filter asks for.
      page.tickets.items.forEach(({ id }) => this.late.add(id));
      this.list.add(page.tickets.items, !hasMore);
      this.set({ tickets: [...this.list.tickets], isLoading: false, hasMore, error: undefined });
      if (page.newest) {
        this.follow(page.newest.items[0]?.updatedAt);
      }
      this.reread.worked();
    } catch (error) {
      this.set({ isLoading: false, error: whyUnread(error) });
      if (!this.stopFollowing) {
        this.connection('disconnected');
      }
      this.reread.later();
    }
  }

  /** Takes a state of a ticket, unless it knows a newer one. */
  place(ticket: Listed): void {
    this.list.place(ticket);
    this.set({ tickets: [...this.list.tickets] });
  }

  private follow(since: string | undefined): void {
    if (this.isStopped) {
      return;
    }
    const { status, assignee, requester } = this.filter;
    const wanted = Object.entries({ status, assignee, requester }).filter(([, value]) => !!value);
    this.stopFollowing = followTickets<Listed>(this.api, {
      filter: Object.fromEntries(wanted),
      since,
      fields: LISTED,
      next: (ticket) => {
        if (this.isLate(ticket, since)) {
          this.late.add(ticket.id);
        }
        this.place(ticket);
      },
      status: (connection) => this.connection(connection),
      wait: this.wait,
    });
  }

  /** Following reads nothing again that is so much older than what was known when it began: it tells of it because it came since. */
  private isLate({ updatedAt }: Listed, since: string | undefined): boolean {
    const { updatedSince } = this.filter;
    const isAskedFor = !!since && !!updatedSince && updatedSince <= since;
    return isAskedFor && Date.parse(updatedAt) < Date.parse(since) - LATE_MS;
  }

  private connection(connection: Status): void {
    if (connection !== this.state().connection) {
      this.set({ connection, since: Date.now() });
    }
  }
}
