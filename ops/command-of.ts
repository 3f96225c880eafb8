import type { TicketCommand } from '../domain/commands';
import type { TicketEvent } from '../domain/events';

/** The command that a stored event tells of, as far as the rules for commands need it. */
export function commandOf(event: TicketEvent): TicketCommand {
  const { ticketId, commandId, at, actor } = event;
  const envelope = { ticketId, commandId, at, actor, role: 'agent' as const };
  switch (event.type) {
    case 'TicketCreated': {
      const { title, description, priority, tags, assignee } = event.data;
      return { ...envelope, type: 'CreateTicket', title, description, priority, tags, assignee };
    }
    case 'TicketUpdated': {
      const { title, description, status, priority, assignee, tags } = event.data;
      return {
        ...envelope,
        type: 'UpdateTicket',
        title: title?.to,
        description: description?.to,
        status: status?.to,
        priority: priority?.to,
        assignee: assignee?.to,
        clear: [
          ...(description?.to === null ? (['DESCRIPTION'] as const) : []),
          ...(assignee?.to === null ? (['ASSIGNEE'] as const) : []),
        ],
        addTags: tags?.added,
        removeTags: tags?.removed,
        reason: event.reason,
      };
    }
    case 'TicketCommented':
      return { ...envelope, type: 'AddComment', body: event.data.body };
    case 'TicketNoted':
      return { ...envelope, type: 'AddComment', body: event.data.body, visibility: 'INTERNAL' };
  }
}

/** Where an event has what a command calls so: `data.tags.added` for addTags. */
export function eventField({ type }: TicketEvent, field: string): string {
  switch (field) {
    case 'id':
      return 'ticketId';
    case 'addTags':
      return 'data.tags.added';
    case 'removeTags':
      return 'data.tags.removed';
    case 'commandId':
    case 'reason':
      return field;
    default:
      return type === 'TicketUpdated' ? `data.${field}.to` : `data.${field}`;
  }
}
