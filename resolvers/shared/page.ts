import { validationError } from '../../domain/errors';
import { brokenLimit } from '../../domain/rules';
import type { Caller } from '../../domain/caller';
import { type ShownEvent, shownEvent } from '../../domain/disclosure';
import { decimal, last } from '../../domain/portable';
import { type StoredEvent, upcast } from '../../domain/upcast';
import { util } from './appsync';
import { check, raise } from './raise';
import { positionIn, tokenOf } from './token';

/** How many items a page is to have: 20 unless asked otherwise. Raises ValidationError. */
export function pageSize(limit: number | null | undefined): number {
  check(brokenLimit(limit));
  return limit ?? 20;
}

/** What goes through a ticket's versions page by page. */
export type Paged = 'ticketEvents' | 'events' | 'comments';

/** The version that the page begins after: that of its token; 0 without one. Raises ValidationError. */
export function versionBefore(nextToken: string | null | undefined, paged: Paged, ticketId: string): number {
  if (nextToken == null) {
    return 0;
  }
  const position = positionIn(nextToken, nameOf(paged, ticketId));
  return position != null && util.matches('^[1-9][0-9]{0,11}$', position)
    ? (JSON.parse(position) as number)
    : raise(validationError('nextToken', 'must be of an earlier page of the same ticket and query'));
}

/** The token of the page that follows these items; null if there is none. */
export function tokenAfter(
  page: { items: { version: number }[]; nextToken: string | null },
  paged: Paged,
  ticketId: string,
): string | null {
  const item = last(page.items);
  return page.nextToken && item ? tokenOf(nameOf(paged, ticketId), decimal(item.version)) : null;
}

function nameOf(paged: Paged, ticketId: string): string {
  return JSON.stringify([paged, ticketId]);
}

export interface StoredPage {
  items: StoredEvent[];
  nextToken: string | null;
}

/** The schema's TicketEventPage. */
export interface EventPage {
  items: ShownEvent[];
  nextToken: string | null;
}

export const NO_EVENTS: EventPage = { items: [], nextToken: null };

/** Items of the log as the API shows them to the caller, and the token of the page that follows. */
export function eventPage({ items, nextToken }: StoredPage, caller: Caller): EventPage {
  return { items: items.map((stored) => shownEvent(upcast(stored), caller)), nextToken };
}
