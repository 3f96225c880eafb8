import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import pLimit from 'p-limit';
import type { TicketEvent } from '../../domain/events';
import { decode } from './decode';
import { merge, type View } from './merge';

/** How many tickets are worked on at a time. */
const TICKETS_AT_A_TIME = 10;

export interface Projection {
  view: View;
  /** Tells subscribers; rejects unless the API took it. */
  publish(event: TicketEvent): Promise<void>;
  log(failure: { message: string; error: unknown; sequenceNumber: string; ticketId?: string }): void;
  /** Hears of a ticket's events once the view has them. */
  merged(events: TicketEvent[]): void;
}

/**
 * Projects a batch of stream records: each ticket's events are merged into the view, then published in the order of
 * their versions. What failed is reported by sequence number and comes again; a failure holds up its own ticket alone.
 */
export async function project(records: DynamoDBRecord[], projection: Projection): Promise<DynamoDBBatchResponse> {
  const failed: string[] = [];
  const fail = (message: string, error: unknown, sequenceNumber: string, ticketId?: string) => {
    projection.log({ message, error, sequenceNumber, ticketId });
    failed.push(sequenceNumber);
  };

  const tickets = new Map<string, Numbered[]>();
  for (const record of records) {
    const sequenceNumber = record.dynamodb?.SequenceNumber ?? '';
    try {
      const event = decode(record);
      const numbered = tickets.get(event.ticketId) ?? [];
      numbered.push({ event, sequenceNumber });
      tickets.set(event.ticketId, numbered);
    } catch (error) {
      fail('cannot read the event', error, sequenceNumber);
    }
  }

  const limit = pLimit(TICKETS_AT_A_TIME);
  const work = [...tickets.values()].map((numbered) =>
    limit(async () => {
      const rest = [...numbered].sort((a, b) => a.event.version - b.event.version);
      try {
        const events = rest.map(({ event }) => event);
        await merge(events, projection.view);
        projection.merged(events);
        while (rest[0]) {
          await projection.publish(rest[0].event);
          rest.shift();
        }
      } catch (error) {
        for (const { event, sequenceNumber } of rest) {
          fail('cannot project the event', error, sequenceNumber, event.ticketId);
        }
      }
    }),
  );
  await Promise.all(work);
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

interface Numbered {
  event: TicketEvent;
  sequenceNumber: string;
}
