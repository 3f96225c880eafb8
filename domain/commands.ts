import type { Caller } from './caller';
import type { TicketPriority, TicketStatus } from './ticket';

/** A request to change a ticket. Null and absent fields are ignored: APPSYNC_JS may not tell them apart (A1, A2). */
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
  clear?: ClearableField[] | null;
  addTags?: string[] | null;
  removeTags?: string[] | null;
  reason?: string | null;
}

/** A field that can be empty. A command clears it by its name. */
export type ClearableField = 'DESCRIPTION' | 'ASSIGNEE';

export interface AddComment extends CommandEnvelope {
  type: 'AddComment';
  body: string;
  /** PUBLIC unless given. */
  visibility?: Visibility | null;
}

/** Who may read a comment: everybody who sees the ticket, or agents alone. The latter is called a note. */
export type Visibility = 'PUBLIC' | 'INTERNAL';

/** The caller is known by its identity, never by the input. */
export interface CommandEnvelope extends Caller {
  ticketId: string;
  commandId: string;
  /** The server's clock, ISO 8601. */
  at: string;
}
