import { useSyncExternalStore } from 'react';
import type { Filter, Order, TicketPriority, TicketStatus } from './tickets';

/** What the address says: which list, and which ticket of it. A link leads anybody to the same place. */
export interface Route {
  ticket: string | null;
  filter: Filter;
  order: Order;
}

const FIELDS = ['status', 'priority', 'assignee', 'requester', 'tag', 'titleContains', 'updatedSince'] as const;

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(listen, () => location.hash));
}

export function hrefOf({ ticket, filter, order }: Route): string {
  const query = new URLSearchParams();
  for (const field of FIELDS) {
    if (filter[field]) {
      query.set(field, filter[field]);
    }
  }
  if (order === 'ASC') {
    query.set('order', 'ASC');
  }
  if (ticket !== null) {
    query.set('ticket', ticket);
  }
  return `#${query}`;
}

export function go(route: Route): void {
  location.hash = hrefOf(route);
}

function routeOf(hash: string): Route {
  const query = new URLSearchParams(hash.slice(1));
  const filter: Filter = {};
  for (const field of FIELDS) {
    const value = query.get(field);
    if (value) {
      Object.assign(filter, { [field]: value as TicketStatus & TicketPriority });
    }
  }
  return { ticket: query.get('ticket'), filter, order: query.get('order') === 'ASC' ? 'ASC' : 'DESC' };
}

function listen(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
