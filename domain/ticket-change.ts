import type { Role } from './caller';
import { changesOf, type FieldChange, ticketBefore } from './changes';
import { isInternal, STUB } from './disclosure';
import type { TicketEvent } from './events';
import type { Ticket, TicketStatus } from './ticket';

/** Who hears of a change. */
export type Audience = 'ALL' | 'AGENTS' | 'REQUESTERS';

/** What a subscriber of that role hears. Each change is for one of these, or once for each. */
export const HEARD: Record<Role, Audience[]> = { agent: ['ALL', 'AGENTS'], requester: ['ALL', 'REQUESTERS'] };

/** What subscribers are told of an event: the schema's TicketChange. */
export interface TicketChange {
  id: string;
  version: number;
  type: string;
  at: string;
  actor: string;
  status: TicketStatus;
  previousStatus: TicketStatus | null;
  assignee: string | null;
  previousAssignee: string | null;
  requester: string;
  changes: FieldChange[];
  ticket: Omit<Ticket, 'noteCount'>;
  audience: Audience;
}

/** One change for all; or one for each role, where a requester may not know what happened. None has a comment's text. */
export function ticketChanges(event: TicketEvent): TicketChange[] {
  const change = changeOf(event);
  return isInternal(event)
    ? [
        { ...change, audience: 'AGENTS' },
        { ...change, ...STUB, audience: 'REQUESTERS' },
      ]
    : [{ ...change, audience: 'ALL' }];
}

function changeOf(event: TicketEvent): Omit<TicketChange, 'audience'> {
  const before = ticketBefore(event);
  // The same push goes to subscribers of both roles.
  const { noteCount: _, ...ticket } = event.ticket;
  return {
    id: event.ticketId,
    version: event.version,
    type: event.type,
    at: event.at,
    actor: event.actor,
    status: ticket.status,
    previousStatus: before ? before.status : null,
    assignee: ticket.assignee,
    previousAssignee: before ? before.assignee : null,
    requester: ticket.requester,
    changes: changesOf(event, event.ticket),
    ticket,
  };
}
