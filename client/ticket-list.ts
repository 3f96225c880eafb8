import type { FollowedTicket } from './follow-tickets';

export interface ListRules<T> {
  /** Whether the list's filter takes the ticket. */
  isListed(ticket: T): boolean;
  /** The order of the list: 0 for the same ticket at the same place alone. */
  compare(a: T, b: T): number;
}

/**
 * A list that is read page by page while its tickets change. It keeps the newest state of every ticket that it was told
 * of, also of those outside the list: so a page that was read before a change can't undo it.
 */
export class TicketList<T extends FollowedTicket> {
  private readonly newest = new Map<string, T>();
  private shown: readonly T[] = [];
  /** The last ticket of the last page, as it was there. Pages have told of everything up to here. */
  private end?: T;
  private isWhole = false;

  constructor(private readonly rules: ListRules<T>) {}

  /** In order. Another array after each change. */
  get tickets(): readonly T[] {
    return this.shown;
  }

  /** Takes the next page. */
  add(page: readonly T[], isLast: boolean): void {
    page.forEach((ticket) => this.learn(ticket));
    this.end = page.at(-1) ?? this.end;
    this.isWhole = isLast;
    this.shown = [...this.newest.values()].filter((ticket) => this.isShown(ticket)).sort(this.rules.compare);
  }

  /** Takes the newer state of a ticket: it may enter the list, move in it or leave it. */
  place(ticket: T): void {
    if (this.learn(ticket)) {
      const others = this.shown.filter(({ id }) => id !== ticket.id);
      if (this.isShown(ticket)) {
        others.splice(this.placeOf(ticket, others), 0, ticket);
      }
      this.shown = others;
    }
  }

  private learn(ticket: T): boolean {
    const isNews = ticket.version > (this.newest.get(ticket.id)?.version ?? 0);
    if (isNews) {
      this.newest.set(ticket.id, ticket);
    }
    return isNews;
  }

  /** What is behind the end is shown once the pages have come so far: others may stand before it. */
  private isShown(ticket: T): boolean {
    const isInReach = this.isWhole || (this.end !== undefined && this.rules.compare(ticket, this.end) <= 0);
    return isInReach && this.rules.isListed(ticket);
  }

  private placeOf(ticket: T, others: readonly T[]): number {
    let [low, high] = [0, others.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.rules.compare(others[middle]!, ticket) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
