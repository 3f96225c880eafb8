import { AN_AGENT, type Caller, type Role } from './caller';
import { changesOf, commentOf, type FieldChange } from './changes';
import type { Visibility } from './commands';
import type { TicketEvent } from './events';

// What a requester may not read of a ticket of their own: notes, how many there are, and the reasons that agents gave. All
// that the API answers with or pushes comes through here.

/** A ticket as the API shows it. */
export function shownTicket<T extends { noteCount?: number }>(ticket: T, { role }: Pick<Caller, 'role'>) {
  // A row that was written before there were notes has none.
  return { ...ticket, noteCount: role === 'agent' ? (ticket.noteCount ?? 0) : null };
}

/** An event as the API shows it. */
export interface ShownEvent {
  ticketId: string;
  version: number;
  type: string;
  at: string;
  actor: string;
  reason: string | null;
  changes: FieldChange[];
  comment: string | null;
}

export function shownEvent(event: TicketEvent, { role }: Pick<Caller, 'role'>): ShownEvent {
  const { ticketId, version, at } = event;
  const isAgent = role === 'agent';
  if (isInternal(event) && !isAgent) {
    return { ticketId, version, at, ...STUB, reason: null, changes: [], comment: null };
  }
  const { type, actor, ticket, reason } = event;
  return {
    ...{ ticketId, version, type, at, actor },
    reason: isAgent || !isReasonInternal(event, ticket) ? (reason ?? null) : null,
    changes: changesOf(event, ticket),
    comment: commentOf(event),
  };
}

/** Whether an event as a whole is for agents alone. */
export function isInternal({ type }: { type: string }): boolean {
  return type === 'TicketNoted';
}

/** Whether an agent gave the reason: the ticket's requester is the only other person who changes it. */
export function isReasonInternal({ actor }: { actor: string }, { requester }: { requester: string }): boolean {
  return actor !== requester;
}

/** What a requester learns of an internal event: that something happened, and when. So versions have no gap. */
export const STUB = { type: 'TicketTouched', actor: AN_AGENT };

/** Whether a comment is for somebody of that role. */
export function mayRead(role: Role, { visibility }: { visibility?: Visibility }): boolean {
  return role === 'agent' || visibility !== 'INTERNAL';
}
