import { commentOf } from './changes';
import type { TicketEvent } from './events';
import type { Ticket } from './ticket';

/** A row of the view table: the ticket, its key, and what lists it. Derived from the events, rebuilt at any time. */
export interface TicketRow extends TicketKey, Ticket, Listed {}

/** A ticket's rows share a partition; `row` tells them apart. */
export interface TicketKey {
  ticketId: string;
  row: 'ticket';
}

/** The keys of the index by latest change. Times can be equal, so the id makes the order total. */
export interface Listed {
  listing: 'tickets';
  changed: string;
}

export const BY_CHANGE = 'byChange';
export const ALL_TICKETS = 'tickets';

export function ticketKey(ticketId: string): TicketKey {
  return { ticketId, row: 'ticket' };
}

export function ticketRow(ticket: Ticket): TicketRow {
  return {
    ...ticketKey(ticket.id),
    ...ticket,
    listing: ALL_TICKETS,
    changed: `${ticket.updatedAt}#${ticket.id}`,
  };
}

/** A comment's row, beside its ticket's. It never changes, so it may be written any number of times. */
export interface CommentRow {
  ticketId: string;
  row: string;
  version: number;
  author: string;
  body: string;
  createdAt: string;
}

/** The sort key of the comment that is the ticket's event of this version: in order as text, twelve digits wide. */
export function commentKey(version: number): string {
  return `comment#${`000000000000${version}`.slice(-12)}`;
}

/** The row of a comment; null if the event is none. */
export function commentRow(event: TicketEvent): CommentRow | null {
  const body = commentOf(event);
  return body === null
    ? null
    : {
        ticketId: event.ticketId,
        row: commentKey(event.version),
        version: event.version,
        author: event.actor,
        body,
        createdAt: event.at,
      };
}
