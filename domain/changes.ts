import type { TicketEvent, TicketFact } from './events';
import { editTags } from './evolve';
import type { Ticket } from './ticket';

/** A field before and after a fact, as the API shows it. */
export interface FieldChange {
  field: string;
  from: FieldValue;
  to: FieldValue;
}

export type FieldValue = string | string[] | null;

/** What a fact changed, field by field, in the order of the schema. `ticket` is the ticket after the fact. */
export function changesOf(fact: TicketFact, ticket: Ticket): FieldChange[] {
  switch (fact.type) {
    case 'TicketCreated':
      return createdFields(ticket).filter((change) => change.to != null && change.to.length > 0);
    case 'TicketUpdated': {
      const { title, description, status, priority, assignee, tags } = fact.data;
      const changes: FieldChange[] = [];
      if (title) {
        changes.push({ field: 'title', from: title.from, to: title.to });
      }
      if (description) {
        changes.push({ field: 'description', from: description.from, to: description.to });
      }
      if (status) {
        changes.push({ field: 'status', from: status.from, to: status.to });
      }
      if (priority) {
        changes.push({ field: 'priority', from: priority.from, to: priority.to });
      }
      if (tags) {
        changes.push({ field: 'tags', from: editTags(ticket.tags, tags.removed, tags.added), to: ticket.tags });
      }
      if (assignee) {
        changes.push({ field: 'assignee', from: assignee.from, to: assignee.to });
      }
      return changes;
    }
    case 'TicketCommented':
    case 'TicketNoted':
      return [];
  }
}

/** What was said, to everybody or among agents; null if the fact is no comment. */
export function commentOf(fact: TicketFact): string | null {
  return fact.type === 'TicketCommented' || fact.type === 'TicketNoted' ? fact.data.body : null;
}

function createdFields(ticket: Ticket): FieldChange[] {
  return [
    { field: 'title', from: null, to: ticket.title },
    { field: 'description', from: null, to: ticket.description },
    { field: 'status', from: null, to: ticket.status },
    { field: 'priority', from: null, to: ticket.priority },
    { field: 'tags', from: null, to: ticket.tags },
    { field: 'assignee', from: null, to: ticket.assignee },
  ];
}

/** The ticket before an event, but for updatedAt, which the event does not know; null before its creation. */
export function ticketBefore(event: TicketEvent): Ticket | null {
  switch (event.type) {
    case 'TicketCreated':
      return null;
    case 'TicketUpdated': {
      const { title, description, status, priority, assignee, tags } = event.data;
      return {
        ...event.ticket,
        version: event.version - 1,
        title: title ? title.from : event.ticket.title,
        description: description ? description.from : event.ticket.description,
        status: status ? status.from : event.ticket.status,
        priority: priority ? priority.from : event.ticket.priority,
        assignee: assignee ? assignee.from : event.ticket.assignee,
        tags: tags ? editTags(event.ticket.tags, tags.removed, tags.added) : event.ticket.tags,
      };
    }
    case 'TicketCommented':
      return { ...event.ticket, version: event.version - 1, commentCount: event.ticket.commentCount - 1 };
    case 'TicketNoted':
      return { ...event.ticket, version: event.version - 1, noteCount: event.ticket.noteCount - 1 };
  }
}
