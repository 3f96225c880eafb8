import { brokenLimit } from '../../domain/rules';
import { changesOf, commentOf } from '../../domain/changes';
import { type StoredEvent, upcast } from '../../domain/upcast';
import { check } from './raise';

/** How many items a page is to have: 20 unless asked otherwise. Raises ValidationError. */
export function pageSize(limit: number | null | undefined): number {
  check(brokenLimit(limit));
  return limit ?? 20;
}

export interface StoredPage {
  items: StoredEvent[];
  nextToken: string | null;
}

export type EventPage = ReturnType<typeof eventPage>;

export const NO_EVENTS: StoredPage = { items: [], nextToken: null };

/** A page of the log as the API shows it. */
export function eventPage(page: StoredPage) {
  const items = page.items.map((stored) => {
    const event = upcast(stored);
    return { ...event, changes: changesOf(event, event.ticket), comment: commentOf(event) };
  });
  return { items, nextToken: page.nextToken };
}
