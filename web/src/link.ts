import { brokenFilter } from '../../domain/listing';
import { type Filter, type Order, PRIORITIES, STATUSES } from './tickets';

/** What the address says: who looks, at which list, and at which ticket of it. */
export interface Route {
  /** Of the local system: so that each tab stays who it is. Null where people sign in. */
  user: string | null;
  ticket: string | null;
  filter: Filter;
  order: Order;
  /** What the address asks for and the desk does not understand. */
  ignored: string[];
}

const FIELDS = ['status', 'priority', 'assignee', 'requester', 'tag', 'titleContains', 'updatedSince'] as const;

const CHECKS: Partial<Record<(typeof FIELDS)[number], (value: string) => boolean>> = {
  status: (value) => STATUSES.some((status) => status === value),
  priority: (value) => PRIORITIES.some((priority) => priority === value),
  updatedSince: (value) => !Number.isNaN(Date.parse(value)),
};

export function readRoute(hash: string): Route {
  const query = new URLSearchParams(hash.slice(1));
  const filter: Filter = {};
  const ignored: string[] = [];
  for (const field of FIELDS) {
    const value = query.get(field);
    if (!value) {
      continue;
    }
    const isKnown = CHECKS[field]?.(value) ?? brokenFilter({ [field]: value }) === null;
    if (isKnown) {
      Object.assign(filter, { [field]: value });
    } else {
      ignored.push(`${field}=${value}`);
    }
  }
  const order = query.get('order') === 'ASC' ? 'ASC' : 'DESC';
  return { user: query.get('user'), ticket: query.get('ticket'), filter, order, ignored };
}

/** The same address, for a person. */
export function addressed(hash: string, user: string): string {
  const query = new URLSearchParams(hash.slice(1));
  query.set('user', user);
  return `#${query}`;
}

export function writeRoute({ user, ticket, filter, order }: Omit<Route, 'ignored'>): string {
  const query = new URLSearchParams();
  if (user !== null) {
    query.set('user', user);
  }
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
