import type { Backoff } from './backoff';
import type { Connection, Status } from './connection';
import { Live } from './live';
import { Mark } from './mark';
import { inTime } from './timeout';

/** What a list needs to know of a ticket to place it; the caller's selection may have more. */
export interface FollowedTicket {
  id: string;
  version: number;
  updatedAt: string;
}

/** What a subscription can be narrowed to. Absent: everything that the caller may see. */
export interface FollowFilter {
  status?: string;
  assignee?: string;
  requester?: string;
}

export interface FollowTickets<T extends FollowedTicket> {
  filter?: FollowFilter;
  /**
   * From when on changes are told: the newest `updatedAt` that the server knew when the caller's list was read. Ask for it
   * together with the list: `tickets(limit: 1)`, without the list's filter, which may hide it. Absent or null if there was
   * no ticket: then all tickets are told. Never a time of the caller's own clock, which may be ahead of the server's.
   */
  since?: string | null;
  /** The fields of a ticket that the caller wants, besides those of FollowedTicket. */
  fields: string;
  /**
   * Hears of the newest state of each ticket that changed, that came into the filter or that left it: whether it is in
   * the caller's list is for the caller to see. Each version of a ticket is told at most once, and never an older one after
   * a newer.
   */
  next(ticket: T): void;
  /** With 'disconnected', why. */
  status?(status: Status, cause?: unknown): void;
  wait?: Backoff;
}

/**
 * A list is read from an index, which lags a little: a read just after the subscription began can lack what was pushed
 * just before. So it is read again. In between, pushes may move the mark, as its overlap is longer than this.
 */
const SETTLE_MS = 10_000;

/**
 * Follows a list of tickets. After a break it asks for all that changed since, whatever its filter is now: a ticket that
 * left the filter meanwhile is not in the filtered list any more. Returns how to stop.
 */
export function followTickets<T extends FollowedTicket>(connection: Connection, options: FollowTickets<T>): () => void {
  const { filter = {}, fields, next, ...rest } = options;
  const selection = `id version updatedAt ${fields}`;
  const known = new Map<string, number>();
  const mark = new Mark(options.since);
  let isStopped = false;

  const hear = (ticket: T) => {
    if (isStopped || (known.get(ticket.id) ?? 0) >= ticket.version) {
      return;
    }
    known.set(ticket.id, ticket.version);
    next(ticket);
  };

  const live = new Live<{ onTicketChanged: { ticket: T } }>(connection, {
    ...rest,
    document: `subscription FollowTickets($status: TicketStatus, $assignee: String, $requester: String) {
      onTicketChanged(status: $status, assignee: $assignee, requester: $requester) {
        id version status previousStatus assignee previousAssignee requester ticket { ${selection} }
      }
    }`,
    variables: filter,
    settleMs: SETTLE_MS,
    push: ({ onTicketChanged: { ticket } }) => {
      hear(ticket);
      if (mark.isPast(ticket.updatedAt)) {
        // It was projected or pushed late. A newer change may have passed it, which our filter hid.
        live.settle();
      }
      if (live.isCurrent) {
        mark.reach(ticket.updatedAt);
      }
    },
    readMissed: async () => {
      const query = `query Missed($filter: TicketFilter, $nextToken: String) {
        tickets(filter: $filter, order: ASC, limit: 100, nextToken: $nextToken) { items { ${selection} } nextToken }
      }`;
      // Who created a ticket never changes.
      const missing = { updatedSince: mark.updatedSince, requester: filter.requester };
      const began = performance.now();
      let newest = '';
      let nextToken: string | null = null;
      do {
        const { tickets }: Missed<T> = await inTime(connection.query<Missed<T>>(query, { filter: missing, nextToken }));
        for (const ticket of tickets.items) {
          hear(ticket);
          newest = ticket.updatedAt > newest ? ticket.updatedAt : newest;
        }
        nextToken = tickets.nextToken;
      } while (nextToken !== null && !isStopped);
      // What reached the view before the read began was in it; what came during the read may not have been.
      mark.reach(newest, performance.now() - began);
    },
  });
  live.start();
  return () => {
    isStopped = true;
    live.stop();
  };
}

interface Missed<T> {
  tickets: { items: T[]; nextToken: string | null };
}
