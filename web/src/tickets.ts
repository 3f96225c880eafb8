import * as listing from '../../domain/listing';
import { notPermitted } from '../../domain/permissions';
import { allowedTransitions } from '../../domain/rules';
import type { Ticket, TicketPriority, TicketStatus } from '../../domain/ticket';
import type { TicketEvent } from '../../generated/schema';

export type { TicketPriority, TicketStatus };
export type Order = listing.ListOrder;
export type Filter = listing.TicketFilter;

/** A ticket as of one version, with all its fields but the number of notes, which is in no push. */
export type Whole = Omit<Ticket, 'noteCount'>;

/** A ticket as the list shows it. */
export type Listed = Omit<Whole, 'description'>;

export type Event = Pick<TicketEvent, 'version' | 'type' | 'at' | 'actor' | 'reason' | 'changes' | 'comment'>;

export const LISTED = 'id version title status priority tags assignee requester commentCount createdAt updatedAt';
export const WHOLE = `${LISTED} description`;
export const EVENT = 'version type at actor reason comment changes { field from to }';

export const STATUSES: TicketStatus[] = ['OPEN', 'IN_PROGRESS', 'ON_HOLD', 'RESOLVED', 'CLOSED'];
export const PRIORITIES: TicketPriority[] = ['LOW', 'MEDIUM', 'HIGH', 'URGENT'];

/** The statuses that a person may give the ticket. The API decides; this is what the desk offers. */
export function offeredTo(isAgent: boolean, ticket: Whole): TicketStatus[] {
  const role = isAgent ? 'agent' : 'requester';
  const ask = {
    type: 'UpdateTicket',
    ticketId: ticket.id,
    commandId: '',
    at: '',
    actor: ticket.requester,
    role,
  } as const;
  return allowedTransitions(ticket.status).filter((status) => notPermitted({ ...ask, status }, ticket) === null);
}

/**
 * Whether the API would list the ticket, so that a live change can be placed without asking. `isLate`: it reached the
 * view since the time that the filter asks for, even if it changed before.
 */
export function isListed(ticket: Listed, filter: Filter, isLate = false): boolean {
  const { tag, titleContains, updatedSince } = filter;
  const asked = { ...filter, tag: tag && spelled(tag), titleContains: titleContains && folded(titleContains) };
  const arrived = isLate && updatedSince ? { arrived: updatedSince } : {};
  const row = { ...ticket, ...arrived, changed: positionOf(ticket), foldedTitle: folded(ticket.title) };
  return listing.isListed(row, asked);
}

/** As the API compares titles: resolvers/shared/spelling.ts says why so. */
function folded(text: string): string {
  return text.toLowerCase().toUpperCase().normalize('NFC').replaceAll('\u0130', 'I');
}

/** As the API spells tags. */
function spelled(tag: string): string {
  return tag.replace(/\p{Default_Ignorable_Code_Point}/gu, '').normalize('NFC');
}

/** By the latest change, as the API orders them. */
export function comparing(order: Order) {
  return (a: Listed, b: Listed) => {
    const [left, right] = [positionOf(a), positionOf(b)];
    return left === right ? 0 : (left < right ? -1 : 1) * (order === 'ASC' ? 1 : -1);
  };
}

function positionOf({ updatedAt, id }: Listed): string {
  return `${updatedAt}#${id}`;
}

export function wordOf(name: string): string {
  const words = name.toLowerCase().replaceAll('_', ' ');
  return words[0]!.toUpperCase() + words.slice(1);
}
