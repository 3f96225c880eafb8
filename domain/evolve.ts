import type { TicketFact } from './events';
import type { Ticket } from './ticket';
import { normalizeTags } from './rules';

/** Where a fact stands in a ticket's history. */
export interface Position {
  ticketId: string;
  version: number;
  at: string;
}

/** The ticket after a fact. Folding a history through this gives the ticket that its newest event carries. */
export function evolve(before: Ticket | null, fact: TicketFact, position: Position): Ticket {
  switch (fact.type) {
    case 'TicketCreated':
      return {
        id: position.ticketId,
        version: position.version,
        title: fact.data.title,
        description: fact.data.description,
        status: fact.data.status,
        priority: fact.data.priority,
        tags: fact.data.tags,
        assignee: fact.data.assignee,
        requester: fact.data.requester,
        commentCount: 0,
        noteCount: 0,
        createdAt: position.at,
        updatedAt: position.at,
      };
    case 'TicketUpdated': {
      const ticket = before as Ticket;
      const { title, description, status, priority, assignee, tags } = fact.data;
      return {
        ...ticket,
        version: position.version,
        title: title ? title.to : ticket.title,
        description: description ? description.to : ticket.description,
        status: status ? status.to : ticket.status,
        priority: priority ? priority.to : ticket.priority,
        assignee: assignee ? assignee.to : ticket.assignee,
        tags: tags ? editTags(ticket.tags, tags.added, tags.removed) : ticket.tags,
        updatedAt: position.at,
      };
    }
    case 'TicketCommented':
    case 'TicketNoted': {
      const ticket = before as Ticket;
      const isNote = fact.type === 'TicketNoted';
      return {
        ...ticket,
        version: position.version,
        commentCount: ticket.commentCount + (isNote ? 0 : 1),
        noteCount: ticket.noteCount + (isNote ? 1 : 0),
        updatedAt: position.at,
      };
    }
  }
}

/** The tags with some added and others removed. */
export function editTags(tags: string[], added: string[], removed: string[]): string[] {
  return normalizeTags([...tags, ...added]).filter((tag) => removed.indexOf(tag) < 0);
}
