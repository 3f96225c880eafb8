import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { EVENT_SCHEMA, type TicketEvent } from '../../domain/events';
import { type StoredEvent, upcast } from '../../domain/upcast';
import { KNOWN_TYPES, unshowable } from './event-shape';

/** A stream record or an item that holds no event which this code can read: its message says which and why. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';

  constructor(
    where: string,
    readonly why: string,
    /** The field that is wrong, where it is one alone. */
    readonly field?: string,
  ) {
    super(`${where}: ${why}`);
  }
}

/** An item of DynamoDB as the SDK gives it. */
export type Item = Record<string, AttributeValue>;

/** The event in a stream record. Throws UnreadableEvent. */
export function decode(record: DynamoDBRecord): TicketEvent {
  const image = record.dynamodb?.NewImage as Item | undefined;
  if (record.eventName !== 'INSERT' || !image) {
    throw new UnreadableEvent(
      'stream record',
      `expected an INSERT with its NEW_IMAGE, got ${record.eventName}: events are never changed`,
    );
  }
  return readEvent(image);
}

/** The event in an item of the log. Throws UnreadableEvent. */
export function readEvent(item: Item): TicketEvent {
  return readStored(storedIn(item));
}

/** What is stored in an item. Throws UnreadableEvent where JavaScript has no such value. */
export function storedIn(item: Item): Record<string, unknown> {
  try {
    return unmarshall(item);
  } catch (error) {
    throw new UnreadableEvent(`${item.ticketId?.S} version ${item.version?.N}`, (error as Error).message);
  }
}

/** The event in what is stored, if the API can show it. Throws UnreadableEvent. */
export function readStored(stored: Record<string, unknown>): TicketEvent {
  const { type, schema } = stored;
  const where = `${String(stored.ticketId)} version ${String(stored.version)}`;
  if (typeof type !== 'string' || !Object.hasOwn(KNOWN_TYPES, type)) {
    throw new UnreadableEvent(where, `unknown type ${JSON.stringify(type)}`, 'type');
  }
  if (typeof schema !== 'number' || !(schema >= 1 && schema <= EVENT_SCHEMA)) {
    throw new UnreadableEvent(where, `schema ${String(schema)}, but this code reads 1 to ${EVENT_SCHEMA}`, 'schema');
  }
  const fault = unshowable(stored);
  if (fault) {
    throw new UnreadableEvent(where, `${fault.field} ${fault.rule}`, fault.field);
  }
  const event = upcast(stored as unknown as StoredEvent);
  const { id, version } = event.ticket;
  if (id !== event.ticketId || version !== event.version) {
    throw new UnreadableEvent(where, `carries the ticket ${id} version ${version}`, 'ticket');
  }
  return event;
}
