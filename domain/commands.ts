import type { Caller } from './permissions';
import type { TicketPriority, TicketStatus } from './ticket';

/** What somebody wants. Absent and null differ only where null can clear a field. */
export type TicketCommand = CreateTicket | UpdateTicket | AddComment;

export interface CreateTicket extends CommandEnvelope {
  type: 'CreateTicket';
  title: string;
  description?: string | null;
  priority?: TicketPriority | null;
  tags?: string[] | null;
  assignee?: string | null;
}

export interface UpdateTicket extends CommandEnvelope {
  type: 'UpdateTicket';
  expectedVersion?: number | null;
  title?: string | null;
  description?: string | null;
  status?: TicketStatus | null;
  priority?: TicketPriority | null;
  assignee?: string | null;
  addTags?: string[] | null;
  removeTags?: string[] | null;
  reason?: string | null;
}

export interface AddComment extends CommandEnvelope {
  type: 'AddComment';
  body: string;
}

/** The caller is known by its identity, never by the input. */
export interface CommandEnvelope extends Caller {
  ticketId: string;
  commandId: string;
  /** The server's clock, ISO 8601. */
  at: string;
}
