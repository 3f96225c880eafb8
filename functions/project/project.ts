import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import pLimit from 'p-limit';
import type { TicketEvent } from '../../domain/events';
import { decode } from './decode';
import { merge, type View } from './merge';
import { PublishRefused } from './publish';

/** How many tickets are merged at a time, and of how many the changes are published. */
const TICKETS_AT_A_TIME = 10;

export interface Projection {
  view: View;
  /** Tells subscribers; rejects unless the API took it, with PublishRefused if the API answered. */
  publish(event: TicketEvent): Promise<void>;
  /** Takes over a change that the API has refused: it is not lost once this resolves. */
  refused(event: TicketEvent): Promise<void>;
  /** Whether there is time to publish another change, however long the API takes to answer. */
  hasTime(): boolean;
  log(failure: { message: string; error: unknown; sequenceNumber: string; ticketId?: string }): void;
  /** Hears of a ticket's events once the view has them. */
  merged(events: TicketEvent[]): void;
}

/** The invocation is about to end: what is left comes again. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/**
 * Projects a batch of stream records: each ticket's events are merged into the view, then published in the order of
 * their versions. Merging waits for no publishing. What failed is reported by sequence number and comes again; a failure
 * holds up its own ticket alone. A change that the API refuses holds up nothing: it is handed over, to be tried apart.
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

  const merging = pLimit(TICKETS_AT_A_TIME);
  const publishing = pLimit(TICKETS_AT_A_TIME);
  const work = [...tickets.values()].map(async (numbered) => {
    const rest = [...numbered].sort((a, b) => a.event.version - b.event.version);
    const events = rest.map(({ event }) => event);
    try {
      await merging(() => merge(events, projection.view));
      projection.merged(events);
      await publishing(async () => {
        while (rest[0]) {
          await publishOrHandOver(rest[0], projection);
          rest.shift();
        }
      });
    } catch (error) {
      for (const { event, sequenceNumber } of rest) {
        fail('cannot project the event', error, sequenceNumber, event.ticketId);
      }
    }
  });
  await Promise.all(work);
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

async function publishOrHandOver({ event, sequenceNumber }: Numbered, projection: Projection): Promise<void> {
  if (!projection.hasTime()) {
    throw new OutOfTime('stopped before the time was over');
  }
  try {
    await projection.publish(event);
  } catch (error) {
    if (!(error instanceof PublishRefused)) {
      throw error;
    }
    await projection.refused(event);
    projection.log({ message: 'the API refuses the change', error, sequenceNumber, ticketId: event.ticketId });
  }
}

interface Numbered {
  event: TicketEvent;
  sequenceNumber: string;
}
