import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { EVENT_SCHEMA, type TicketEvent } from '../../domain/events';
import { type StoredEvent, upcast } from '../../domain/upcast';

/** A stream record that holds no event this projector can read: its message says which and why. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

const KNOWN_TYPES: Record<TicketEvent['type'], true> = {
  TicketCreated: true,
  TicketUpdated: true,
  TicketCommented: true,
};

/** The event in a stream record. Throws UnreadableEvent. */
export function decode(record: DynamoDBRecord): TicketEvent {
  const image = record.dynamodb?.NewImage as Record<string, AttributeValue> | undefined;
  if (record.eventName !== 'INSERT' || !image) {
    throw new UnreadableEvent(
      `expected an INSERT with its NEW_IMAGE, got ${record.eventName}: events are never changed`,
    );
  }
  const stored = unmarshall(image) as StoredEvent;
  const where = `${stored.ticketId} version ${stored.version}`;
  if (!Object.hasOwn(KNOWN_TYPES, stored.type)) {
    throw new UnreadableEvent(`${where}: unknown type ${JSON.stringify(stored.type)}`);
  }
  if (!(stored.schema >= 1 && stored.schema <= EVENT_SCHEMA)) {
    throw new UnreadableEvent(`${where}: schema ${stored.schema}, but this projector reads 1 to ${EVENT_SCHEMA}`);
  }
  const event = upcast(stored);
  if (event.ticket?.id !== event.ticketId || event.ticket.version !== event.version) {
    throw new UnreadableEvent(`${where}: carries the ticket ${event.ticket?.id} version ${event.ticket?.version}`);
  }
  return event;
}
