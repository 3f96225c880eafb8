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
