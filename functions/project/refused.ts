import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { TicketEvent } from '../../domain/events';
import { readEvent } from './decode';
import { merge, type View } from './merge';

/** What a message says of a change that the API has refused: which it is, and no more. Its event is in the log. */
export interface RefusedChange {
  ticketId: string;
  version: number;
}

/** Pauses between the attempts to publish a refused change, in milliseconds: six seconds in all. */
const PAUSES_MS = [100, 200, 400, 800, 1600, 3200];

export interface Retries {
  log: { client: Pick<DynamoDBClient, 'send'>; tableName: string };
  view: View;
  publish(event: TicketEvent): Promise<void>;
  /** Takes over a change that is refused for good: it is not lost once this resolves. */
  giveUp(change: RefusedChange): Promise<void>;
  hasTime(): boolean;
  pause(ms: number): Promise<void>;
  report(failure: { message: string; error: unknown; messageId: string; ticketId?: string }): void;
}

export function refusedChange({ ticketId, version }: TicketEvent): string {
  const change: RefusedChange = { ticketId, version };
  return JSON.stringify(change);
}

/** Publishes refused changes, each by itself. One that stays refused is given up; one that fails otherwise comes again. */
export async function retryRefused(messages: SQSRecord[], retries: Retries): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  const work = messages.map(async ({ messageId, body }) => {
    try {
      await retry(JSON.parse(body) as RefusedChange, messageId, retries);
    } catch (error) {
      retries.report({ message: 'cannot retry the change', error, messageId });
      failed.push(messageId);
    }
  });
  await Promise.all(work);
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

async function retry(change: RefusedChange, messageId: string, retries: Retries): Promise<void> {
  const event = await eventOf(change, retries);
  let refusal: unknown;
  for (const ms of [0, ...PAUSES_MS]) {
    await retries.pause(ms);
    if (!retries.hasTime()) {
      break;
    }
    // Each time, so that a late row is marked with about when its push goes out: who is away then finds it by that.
    await merge([event], retries.view);
    try {
      return await retries.publish(event);
    } catch (error) {
      refusal = error;
    }
  }
  await retries.giveUp(change);
  retries.report({ message: 'gave the change up', error: refusal, messageId, ticketId: event.ticketId });
}

async function eventOf({ ticketId, version }: RefusedChange, { log }: Retries): Promise<TicketEvent> {
  const { Item } = await log.client.send(
    new GetItemCommand({
      TableName: log.tableName,
      Key: { ticketId: { S: ticketId }, version: { N: String(version) } },
      ConsistentRead: true,
    }),
  );
  if (!Item) {
    throw new Error(`there is no event ${version} of ${ticketId}`);
  }
  return readEvent(Item);
}
