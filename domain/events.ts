import type { Ticket, TicketPriority, TicketStatus } from './ticket';

/** What happened: a new event is a new member here, and the compiler then names every place that must know it. */
export type TicketFact =
  | { type: 'TicketCreated'; data: TicketCreated }
  | { type: 'TicketUpdated'; data: TicketUpdated }
  | { type: 'TicketCommented'; data: TicketCommented }
  | { type: 'TicketNoted'; data: TicketNoted };

export interface TicketCreated {
  title: string;
  description: string | null;
  status: TicketStatus;
  priority: TicketPriority;
  tags: string[];
  assignee: string | null;
  requester: string;
}

/** Only the fields that changed are there. */
export interface TicketUpdated {
  title?: Change<string>;
  description?: Change<string | null>;
  status?: Change<TicketStatus>;
  priority?: Change<TicketPriority>;
  assignee?: Change<string | null>;
  tags?: { added: string[]; removed: string[] };
}

export interface TicketCommented {
  body: string;
}

/** A comment of its own type, so that whoever handles comments and knows of no notes does not tell them to requesters. */
export interface TicketNoted {
  body: string;
}

export interface Change<T> {
  from: T;
  to: T;
}

/** An item of the event table: the fact, and the whole ticket that it led to. Key: (ticketId, version). */
export type TicketEvent = TicketFact & EventEnvelope;

export interface EventEnvelope {
  ticketId: string;
  /** Contiguous from 1 for each ticket. */
  version: number;
  /** The shape of the event, for upcasting; unrelated to `version`. */
  schema: number;
  at: string;
  actor: string;
  commandId: string;
  reason: string | null;
  ticket: Ticket;
  /** The ticket's newest commands, oldest first, so that a repeated one is known without reading the history. */
  recentCommands: RecentCommand[];
}

export interface RecentCommand {
  commandId: string;
  version: number;
}

/** What events are written with. Another shape is another number, and a step in `upcast`. */
export const EVENT_SCHEMA = 4;
