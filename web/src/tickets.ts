import type { Ticket, TicketEvent, TicketFilter, TicketPriority, TicketStatus } from '../../generated/schema';

export type { TicketPriority, TicketStatus };
export type Order = 'ASC' | 'DESC';
export type Filter = Pick<
  TicketFilter,
  'status' | 'assignee' | 'requester' | 'priority' | 'tag' | 'titleContains' | 'updatedSince'
>;

/** A ticket as the list shows it. */
export type Listed = Pick<
  Ticket,
  | 'id'
  | 'version'
  | 'title'
  | 'status'
  | 'priority'
  | 'tags'
  | 'assignee'
  | 'requester'
  | 'commentCount'
  | 'createdAt'
  | 'updatedAt'
>;

/** A ticket as of one version, with all its fields. */
export type Whole = Listed & Pick<Ticket, 'description'>;

export type Event = Pick<TicketEvent, 'version' | 'type' | 'at' | 'actor' | 'reason' | 'changes' | 'comment'>;

export const LISTED = 'id version title status priority tags assignee requester commentCount createdAt updatedAt';
export const WHOLE = `${LISTED} description`;
export const EVENT = 'version type at actor reason comment changes { field from to }';

export const STATUSES: TicketStatus[] = ['OPEN', 'IN_PROGRESS', 'ON_HOLD', 'RESOLVED', 'CLOSED'];
export const PRIORITIES: TicketPriority[] = ['LOW', 'MEDIUM', 'HIGH', 'URGENT'];

/** Where a ticket may go from each status. The API decides; this is what the desk offers. */
export const TRANSITIONS: Record<TicketStatus, TicketStatus[]> = {
  OPEN: ['IN_PROGRESS', 'ON_HOLD', 'RESOLVED', 'CLOSED'],
  IN_PROGRESS: ['OPEN', 'ON_HOLD', 'RESOLVED', 'CLOSED'],
  ON_HOLD: ['OPEN', 'IN_PROGRESS', 'RESOLVED', 'CLOSED'],
  RESOLVED: ['OPEN', 'CLOSED'],
  CLOSED: ['OPEN'],
};

/** A requester closes and reopens. */
export function offeredTo(isAgent: boolean, status: TicketStatus): TicketStatus[] {
  return TRANSITIONS[status].filter(
    (to) => isAgent || to === 'CLOSED' || (to === 'OPEN' && (status === 'RESOLVED' || status === 'CLOSED')),
  );
}

/** Whether the API would list the ticket, so that a live change can be placed without asking. */
export function isListed(ticket: Listed, filter: Filter): boolean {
  const { status, assignee, requester, priority, tag, titleContains, updatedSince } = filter;
  return (
    (!status || ticket.status === status) &&
    (!assignee || ticket.assignee === assignee) &&
    (!requester || ticket.requester === requester) &&
    (!priority || ticket.priority === priority) &&
    (!tag || ticket.tags.includes(tag.trim().toLowerCase())) &&
    (!titleContains || ticket.title.toLowerCase().includes(titleContains.toLowerCase())) &&
    (!updatedSince || ticket.updatedAt >= updatedSince)
  );
}

/** By the latest change, as the API orders them. */
export function comparing(order: Order) {
  const key = ({ updatedAt, id }: Listed) => `${updatedAt}#${id}`;
  return (a: Listed, b: Listed) => (key(a) < key(b) ? -1 : 1) * (order === 'ASC' ? 1 : -1);
}

export function wordOf(name: string): string {
  const words = name.toLowerCase().replaceAll('_', ' ');
  return words[0]!.toUpperCase() + words.slice(1);
}
