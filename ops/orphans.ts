import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Item } from '../functions/project/decode';
import type { Deployment } from './deployment';
import { ticketOf } from './history';

/** DynamoDB's limit of keys in a request. */
const KEYS_AT_A_TIME = 100;

/** Those of the tickets that the log has. */
export async function firstEvents(deployment: Deployment, ticketIds: string[]): Promise<Set<string>> {
  const keys = ticketIds.map((ticketId): Item => ({ ticketId: { S: ticketId }, version: { N: '1' } }));
  return new Set((await eventsAt(deployment, keys)).map(ticketOf));
}

/** The keys and types of those of the events that are there. */
export async function eventsAt({ dynamodb, events }: Deployment, keys: Item[]): Promise<Item[]> {
  const found: Item[] = [];
  let left = keys;
  while (left.length > 0) {
    const { Responses, UnprocessedKeys } = await dynamodb.send(
      new BatchGetItemCommand({
        RequestItems: {
          [events]: {
            Keys: left.slice(0, KEYS_AT_A_TIME),
            ConsistentRead: true,
            ProjectionExpression: 'ticketId, version, #type',
            ExpressionAttributeNames: { '#type': 'type' },
          },
        },
      }),
    );
    found.push(...(Responses?.[events] ?? []));
    left = [...(UnprocessedKeys?.[events]?.Keys ?? []), ...left.slice(KEYS_AT_A_TIME)];
  }
  return found;
}
