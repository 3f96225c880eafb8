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

export interface CommandEnvelope {
  ticketId: string;
  commandId: string;
  /** From the caller's identity, never from the input. */
  actor: string;
  /** The server's clock, ISO 8601. */
  at: string;
}
