import type { Backoff } from './backoff';
import type { Connection, Status } from './connection';
import { Live } from './live';

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
  /** When the caller's list was read, or the newest `updatedAt` in it: what changed later is told. */
  since: string;
  /** The fields of a ticket that the caller wants, besides those of FollowedTicket. */
  fields: string;
  /**
   * Hears of the newest state of each ticket that changed, that came into the filter or that left it: whether it is in
   * the caller's list is for the caller to see. Each version of a ticket is told at most once, and never an older one after
   * a newer.
   */
  next(ticket: T): void;
  status?(status: Status): void;
  wait?: Backoff;
}

/** Clocks of servers differ a little, and an index follows its table within moments. */
const OVERLAP_MS = 30_000;

/**
 * Follows a list of tickets. After a break it asks for all that changed since, whatever its filter is now: a ticket that
 * left the filter meanwhile is not in the filtered list any more. Returns how to stop.
 */
export function followTickets<T extends FollowedTicket>(connection: Connection, options: FollowTickets<T>): () => void {
  const { filter = {}, fields, next, ...rest } = options;
  const selection = `id version updatedAt ${fields}`;
  const known = new Map<string, number>();
  let newest = Date.parse(options.since);
  let isStopped = false;

  const hear = (ticket: T) => {
    if (isStopped || (known.get(ticket.id) ?? 0) >= ticket.version) {
      return;
    }
    known.set(ticket.id, ticket.version);
    newest = Math.max(newest, Date.parse(ticket.updatedAt));
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
    push: ({ onTicketChanged }) => hear(onTicketChanged.ticket),
    readMissed: async () => {
      const query = `query Missed($filter: TicketFilter, $nextToken: String) {
        tickets(filter: $filter, order: ASC, limit: 100, nextToken: $nextToken) { items { ${selection} } nextToken }
      }`;
      const updatedSince = new Date(newest - OVERLAP_MS).toISOString();
      let nextToken: string | null = null;
      do {
        const missed: Missed<T> = await connection.query<Missed<T>>(query, {
          // Who created a ticket never changes.
          filter: { updatedSince, ...(filter.requester === undefined ? {} : { requester: filter.requester }) },
          nextToken,
        });
        missed.tickets.items.forEach(hear);
        nextToken = missed.tickets.nextToken;
      } while (nextToken !== null && !isStopped);
    },
  });
  return () => {
    isStopped = true;
    live.stop();
  };
}

interface Missed<T> {
  tickets: { items: T[]; nextToken: string | null };
}
