import { commentOf } from './changes';
import type { Visibility } from './commands';
import { isInternal } from './disclosure';
import type { TicketEvent } from './events';
import { decimal } from './portable';
import type { Ticket } from './ticket';

/** A row of the view table: the ticket, its key, and what lists it. Derived from the events, rebuilt at any time. */
export interface TicketRow extends TicketKey, Ticket, Listed {}

/** A ticket's rows share a partition; `row` tells them apart. */
export interface TicketKey {
  ticketId: string;
  row: 'ticket';
}

/** The keys of the indexes that list tickets, as far as the ticket itself does not have them. */
export interface Listed {
  listing: typeof ALL_TICKETS;
  /** The assignee, if there is one: a key can't be null, and who has no ticket costs nothing. */
  assignedTo?: string;
  /** The time of the latest change. Times can be equal, so the id makes the order total. */
  changed: string;
  /**
   * When that change reached the view, with the id again: absent unless it was late. All that depends on when a row was
   * written: rows of one version differ in nothing else.
   */
  arrived?: string;
}

export const ALL_TICKETS = 'tickets';

/** An index of tickets in the order of one attribute, apart by the value of another. */
export interface Index {
  name: string;
  partitionKey: 'listing' | 'status' | 'assignedTo' | 'requester';
  sortKey: 'changed' | 'arrived';
}

type IndexName = 'byChange' | 'byStatus' | 'byAssignee' | 'byRequester' | 'byArrival' | 'byRequesterArrival';

/** A row that is not late has no entry in the last two, and costs nothing there. */
export const INDEXES: Record<IndexName, Index> = {
  byChange: { name: 'byChange', partitionKey: 'listing', sortKey: 'changed' },
  byStatus: { name: 'byStatus', partitionKey: 'status', sortKey: 'changed' },
  byAssignee: { name: 'byAssignee', partitionKey: 'assignedTo', sortKey: 'changed' },
  byRequester: { name: 'byRequester', partitionKey: 'requester', sortKey: 'changed' },
  byArrival: { name: 'byArrival', partitionKey: 'listing', sortKey: 'arrived' },
  byRequesterArrival: { name: 'byRequesterArrival', partitionKey: 'requester', sortKey: 'arrived' },
};

/**
 * What an index carries besides keys: all that a list shows but the description, which may be ten times the rest, and
 * which each change would write to each index twice. Who asks for it gets it from the log.
 */
export const LISTED_ATTRIBUTES = [
  'id',
  'version',
  'title',
  'status',
  'priority',
  'tags',
  'assignee',
  'requester',
  'commentCount',
  'noteCount',
  'createdAt',
  'updatedAt',
] as const satisfies (keyof Ticket)[];

/** A row as an index has it: with the sort key of that index alone. */
export type ListedTicket = Pick<TicketRow, (typeof LISTED_ATTRIBUTES)[number]> &
  Partial<Pick<TicketRow, Index['sortKey']>> & {
    /** The title as searches compare it, where one does: folded when it is read, so that all rows are folded alike. */
    foldedTitle?: string;
  };

export function ticketKey(ticketId: string): TicketKey {
  return { ticketId, row: 'ticket' };
}

export function ticketRow(ticket: Ticket): TicketRow {
  return {
    ...ticketKey(ticket.id),
    ...ticket,
    listing: ALL_TICKETS,
    ...(ticket.assignee == null ? {} : { assignedTo: ticket.assignee }),
    changed: `${ticket.updatedAt}#${ticket.id}`,
  };
}

/** The row of a ticket whose newest change reached the view late: `at` is when, ISO 8601 in UTC with milliseconds. */
export function lateRow(ticket: Ticket, at: string): TicketRow {
  return { ...ticketRow(ticket), arrived: `${at}#${ticket.id}` };
}

/** The ticket in a row, without the attributes of keys and indexes. */
export function ticketOf(row: TicketRow): Ticket {
  const {
    ticketId: _ticketId,
    row: _row,
    listing: _listing,
    assignedTo: _assignedTo,
    changed: _changed,
    arrived: _arrived,
    ...ticket
  } = row;
  return ticket;
}

/** A comment's row, or a note's, beside its ticket's. It never changes, so it may be written any number of times. */
export interface CommentRow {
  ticketId: string;
  row: string;
  version: number;
  author: string;
  body: string;
  /** Absent from what everybody may read. */
  visibility?: Extract<Visibility, 'INTERNAL'>;
  createdAt: string;
}

/** The sort key of the comment that is the ticket's event of this version: in order as text, twelve digits wide. */
export function commentKey(version: number): string {
  const digits = decimal(version);
  return `comment#${'000000000000'.slice(digits.length)}${digits}`;
}

/** The row of a comment; null if the event is none. */
export function commentRow(event: TicketEvent): CommentRow | null {
  const body = commentOf(event);
  return body == null
    ? null
    : {
        ticketId: event.ticketId,
        row: commentKey(event.version),
        version: event.version,
        author: event.actor,
        body,
        ...(isInternal(event) ? { visibility: 'INTERNAL' } : {}),
        createdAt: event.at,
      };
}
