import { API_KEY, iamIdentity } from './caller';
import { EVENT_SCHEMA, type TicketEvent } from './events';
import type { Ticket } from './ticket';
import { withMilliseconds } from './time';

/** An event as the log has it: written by this code, or by an earlier one that knew another schema. */
export type StoredEvent = TicketEvent | OlderEvent;

/** Schema 1 knew no comments, and schemas 1 to 3 no notes, so the ticket did not count them. */
type OlderEvent = Omit<TicketEvent, 'ticket'> & { ticket: Omit<Ticket, 'commentCount' | 'noteCount'> };

/**
 * The event in today's shape: nothing else knows that there were others. Events are never rewritten, so every event
 * that is read from the log or the stream comes through here. Each step leads from one schema to the next.
 */
export function upcast(stored: StoredEvent): TicketEvent {
  const commented = stored.schema < 2 ? withCommentCount(stored) : (stored as TicketEvent);
  const identified = stored.schema < 3 ? withKindsOfIdentity(commented) : commented;
  const event = stored.schema < 4 ? withNoteCount(identified) : identified;
  const { createdAt, updatedAt } = event.ticket;
  return {
    ...event,
    // Older events may lack `.000` (T1).
    at: withMilliseconds(event.at),
    ticket: { ...event.ticket, createdAt: withMilliseconds(createdAt), updatedAt: withMilliseconds(updatedAt) },
  };
}

function withCommentCount(stored: StoredEvent): TicketEvent {
  return { ...stored, schema: EVENT_SCHEMA, ticket: { ...stored.ticket, commentCount: 0 } } as TicketEvent;
}

function withNoteCount(event: TicketEvent): TicketEvent {
  return { ...event, schema: EVENT_SCHEMA, ticket: { ...event.ticket, noteCount: 0 } };
}

/** Up to schema 2 the API key and roles had names that a user of the pool could have, too. */
function withKindsOfIdentity(event: TicketEvent): TicketEvent {
  const renamed: TicketEvent = {
    ...event,
    schema: EVENT_SCHEMA,
    actor: identityOf(event.actor),
    ticket: { ...event.ticket, requester: identityOf(event.ticket.requester) },
  };
  return renamed.type === 'TicketCreated'
    ? { ...renamed, data: { ...renamed.data, requester: identityOf(renamed.data.requester) } }
    : renamed;
}

function identityOf(name: string): string {
  if (name === 'api-key') {
    return API_KEY;
  }
  return name.startsWith('arn:') ? iamIdentity(name) : name;
}
