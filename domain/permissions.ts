import type { Caller } from './caller';
import type { TicketCommand, UpdateTicket } from './commands';
import { type TicketError, unauthorized } from './errors';
import type { Ticket } from './ticket';

/** Whether the ticket is there for the caller. One that is not must answer everywhere as if it had never been. */
export function maySee({ actor, role }: Caller, ticket: { requester: string }): boolean {
  return role === 'agent' || ticket.requester === actor;
}

/** The filter for those of its tickets that are there for the caller; null if none can be. */
export function scoped<Filter extends { requester?: string | null }>(caller: Caller, filter: Filter): Filter | null {
  if (caller.role === 'agent') {
    return filter;
  }
  return maySee(caller, { requester: filter.requester ?? caller.actor })
    ? { ...filter, requester: caller.actor }
    : null;
}

/** What a command asks for that only agents may; null if its caller may ask for all of it. */
export function notPermitted(command: TicketCommand, ticket: Pick<Ticket, 'status'> | null): TicketError | null {
  if (command.role === 'agent') {
    return null;
  }
  switch (command.type) {
    case 'CreateTicket':
      return command.assignee ? unauthorized('assignee', 'agents assign tickets') : null;
    case 'UpdateTicket':
      return forbiddenField(command) ?? (ticket ? forbiddenStatus(command, ticket) : null);
    case 'AddComment':
      return command.visibility === 'INTERNAL' ? unauthorized('visibility', 'agents write notes') : null;
  }
}

function forbiddenField(command: UpdateTicket): TicketError | null {
  const { priority, assignee, clear, addTags, removeTags } = command;
  const forbidden = [
    { field: 'priority', isAsked: !!priority },
    { field: 'assignee', isAsked: !!assignee },
    { field: 'clear', isAsked: (clear ?? []).indexOf('ASSIGNEE') >= 0 },
    { field: 'addTags', isAsked: (addTags ?? []).length > 0 },
    { field: 'removeTags', isAsked: (removeTags ?? []).length > 0 },
  ].find(({ isAsked }) => isAsked);
  return forbidden
    ? unauthorized(forbidden.field, 'a requester may change title and description, close and reopen')
    : null;
}

/** To ask for the status that the ticket has is to ask for nothing. */
function forbiddenStatus({ status }: UpdateTicket, ticket: Pick<Ticket, 'status'>): TicketError | null {
  const reopens = status === 'OPEN' && (ticket.status === 'RESOLVED' || ticket.status === 'CLOSED');
  const permitted = !status || status === ticket.status || status === 'CLOSED' || reopens;
  return permitted ? null : unauthorized('status', `a requester may close and reopen, not make it ${status}`);
}
