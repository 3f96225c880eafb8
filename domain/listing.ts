import type { TicketError } from './errors';
import { isAtMost, last } from './portable';
import { brokenTags, brokenText, type FieldText, named, normalizeTag } from './rules';
import type { TicketPriority, TicketStatus } from './ticket';
import { ALL_TICKETS, type Index, INDEXES, type ListedTicket } from './view';

/** Which tickets a list shows: those that meet all that is given. Absent and null ask for nothing. */
export interface TicketFilter {
  status?: TicketStatus | null;
  assignee?: string | null;
  requester?: string | null;
  priority?: TicketPriority | null;
  tag?: string | null;
  /** Folded, as a row's title is. */
  titleContains?: string | null;
  /**
   * The latest change happened at that time or later, or came to the view then and late: ISO 8601 in UTC with
   * milliseconds, as tickets carry it.
   */
  updatedSince?: string | null;
}

/** By the latest change. */
export type ListOrder = 'ASC' | 'DESC';

/** What a page is asked for. */
export interface Listing {
  filter: TicketFilter;
  order: ListOrder;
  size: number;
}

/** What reads a list: the partition of an index, from one value of its sort key to another, both included. */
export interface ListRange {
  index: Index;
  value: string;
  from: string;
  to: string;
}

/** Before and after every sort key: those begin with the year. */
const FIRST = ' ';
const LAST = '~';

/**
 * A list since a time has two parts. The late part, at its older end, are the tickets that changed before that time and
 * reached the view after it, in the order in which they did. A position is the sort key of a row, and in the late part it
 * begins like this.
 */
const LATE = 'late#';

function isInLatePart({ updatedSince }: TicketFilter, order: ListOrder, position: string | null): boolean {
  return !!updatedSince && (position == null ? order === 'ASC' : position.startsWith(LATE));
}

/** Where the part begins that follows the one with the position; null if none does. */
function nextPart(filter: TicketFilter, order: ListOrder, position: string | null): string | null {
  const isLate = isInLatePart(filter, order, position);
  if (order === 'ASC') {
    return isLate ? (filter.updatedSince ?? FIRST) : null;
  }
  return filter.updatedSince && !isLate ? `${LATE}${LAST}` : null;
}

/**
 * Where to read a list on after a position that was looked at before (null: from its beginning). Of the indexes that
 * the filter allows it is the one with the fewest rows as a rule: a person asks for little and is given much. What a
 * requester asks for is read from rows of their own alone: a position in others would tell of them.
 */
export function listRange(filter: TicketFilter, order: ListOrder, after: string | null): ListRange {
  const { requester, assignee, status, updatedSince } = filter;
  const isLate = isInLatePart(filter, order, after);
  const key = isLate && after != null ? after.slice(LATE.length) : after;
  const earliest = updatedSince ?? FIRST;
  const range = {
    from: order === 'ASC' ? (key ?? earliest) : earliest,
    to: order === 'DESC' ? (key ?? LAST) : LAST,
  };
  if (requester) {
    return { index: isLate ? INDEXES.byRequesterArrival : INDEXES.byRequester, value: requester, ...range };
  }
  if (isLate) {
    return { index: INDEXES.byArrival, value: ALL_TICKETS, ...range };
  }
  if (assignee) {
    return { index: INDEXES.byAssignee, value: assignee, ...range };
  }
  if (status) {
    return { index: INDEXES.byStatus, value: status, ...range };
  }
  return { index: INDEXES.byChange, value: ALL_TICKETS, ...range };
}

/** Whether the filter asks for more than its range gives: rows that were read may then not be shown. */
export function refines(filter: TicketFilter): boolean {
  const { requester, assignee, status, priority, tag, titleContains } = filter;
  const indexed = [requester, assignee, status].filter((value) => !!value).length;
  return indexed > 1 || !!priority || !!tag || !!titleContains;
}

/** Whether a ticket is in the list. The part of the title is compared as folded. */
export function isListed(ticket: Omit<ListedTicket, 'noteCount'>, filter: TicketFilter): boolean {
  const { status, assignee, requester, priority, tag, titleContains, updatedSince } = filter;
  return (
    (!status || ticket.status === status) &&
    (!assignee || ticket.assignee === assignee) &&
    (!requester || ticket.requester === requester) &&
    (!priority || ticket.priority === priority) &&
    (!tag || ticket.tags.indexOf(normalizeTag(tag)) >= 0) &&
    (!titleContains || (ticket.foldedTitle ?? '').indexOf(titleContains) >= 0) &&
    (!updatedSince || changedSince(updatedSince, ticket) || isAtMost(updatedSince, ticket.arrived ?? FIRST))
  );
}

function changedSince(time: string, ticket: Pick<ListedTicket, 'updatedAt'>): boolean {
  return isAtMost(time, ticket.updatedAt);
}

/** A page while reads fill it. */
export interface ListPage {
  items: ListedTicket[];
  /** The position of the last row that was looked at; null before the first. */
  after: string | null;
  /** Whether there may be more after that. */
  more: boolean;
}

/** The page with what a read found, of which it takes no more than fits. */
export function fill(
  page: ListPage,
  read: { rows: ListedTicket[]; more: boolean },
  { filter, order, size }: Listing,
): ListPage {
  const isLate = isInLatePart(filter, order, page.after);
  const positionOf = (row: ListedTicket) => (isLate ? `${LATE}${row.arrived}` : row.changed!);
  const rows = read.rows.filter((row) => positionOf(row) !== page.after);
  // A late row that changed since has its place in the other part.
  const found = rows.filter((row) => isListed(row, filter) && !(isLate && changedSince(filter.updatedSince!, row)));
  const items = [...page.items, ...found.slice(0, size - page.items.length)];
  const isFull = items.length < page.items.length + found.length;
  const seen = last(isFull ? items : rows);
  const after = seen ? positionOf(seen) : page.after;
  if (isFull || read.more) {
    return { items, after, more: true };
  }
  const next = nextPart(filter, order, page.after);
  return { items, after: next ?? after, more: next != null };
}

/**
 * How many rows the next read of a page looks at; 0 if it has had its reads. One that needs no sifting looks at the
 * page, the row before it and the row after it. One that does looks at more each time, at 3,100 in all.
 */
export function rowsToRead({ filter, order, size }: Listing, after: string | null, reads: number): number {
  if (reads >= SIFTED.length) {
    return 0;
  }
  return refines(filter) || isInLatePart(filter, order, after) ? SIFTED[reads]! : size + 2;
}

const SIFTED = [100, 200, 400, 800, 800, 800];

export const MOST_READS = SIFTED.length;

/** The rule that a filter breaks; null if it breaks none. */
export function brokenFilter(filter: TicketFilter): TicketError | null {
  return (
    brokenText('assignee', filter.assignee, 1, 128) ??
    brokenText('requester', filter.requester, 1, 128) ??
    brokenTags('tag', filter.tag == null ? [] : [filter.tag], 1) ??
    brokenText('titleContains', filter.titleContains, 1, 200) ??
    brokenText('updatedSince', filter.updatedSince, 1, 64)
  );
}

/** All texts of a filter. */
export function textsOfFilter({ assignee, requester, tag, titleContains }: TicketFilter): FieldText[] {
  return [
    named('assignee', assignee),
    named('requester', requester),
    named('tag', tag),
    named('titleContains', titleContains),
  ];
}
