import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { TicketEvent } from '../../domain/events';

/** A stream record that holds no event this projector can read: its message says which and why. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

/** The event in a stream record. Throws UnreadableEvent. */
export function decode(record: DynamoDBRecord): TicketEvent {
  const image = record.dynamodb?.NewImage as Record<string, AttributeValue> | undefined;
  if (record.eventName !== 'INSERT' || !image) {
    throw new UnreadableEvent(
      `expected an INSERT with its NEW_IMAGE, got ${record.eventName}: events are never changed`,
    );
  }
  const event = unmarshall(image) as TicketEvent;
  const where = `${event.ticketId} version ${event.version}`;
  if (event.type !== 'TicketCreated' && event.type !== 'TicketUpdated') {
    throw new UnreadableEvent(`${where}: unknown type ${JSON.stringify((event as { type: unknown }).type)}`);
  }
  if (event.ticket?.id !== event.ticketId || event.ticket.version !== event.version) {
    throw new UnreadableEvent(`${where}: carries the ticket ${event.ticket?.id} version ${event.ticket?.version}`);
  }
  return event;
}
