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

/** An item of DynamoDB as the SDK gives it. */
export type Item = Record<string, AttributeValue>;

/** The event in a stream record. Throws UnreadableEvent. */
export function decode(record: DynamoDBRecord): TicketEvent {
  const image = record.dynamodb?.NewImage as Item | undefined;
  if (record.eventName !== 'INSERT' || !image) {
    throw new UnreadableEvent(
      `expected an INSERT with its NEW_IMAGE, got ${record.eventName}: events are never changed`,
    );
  }
  return readEvent(image);
}

/** The event in an item of the log. Throws UnreadableEvent. */
export function readEvent(item: Item): TicketEvent {
  const stored = unmarshall(item) as StoredEvent;
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
