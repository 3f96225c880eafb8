import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Item } from '../functions/project/decode';
import type { Deployment } from './deployment';
import { ticketOf } from './history';
import { untilProcessed } from './unprocessed';

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
  for (let at = 0; at < keys.length; at += KEYS_AT_A_TIME) {
    await untilProcessed(keys.slice(at, at + KEYS_AT_A_TIME), async (left) => {
      const { Responses, UnprocessedKeys } = await dynamodb.send(
        new BatchGetItemCommand({
          RequestItems: {
            [events]: {
              Keys: left,
              ConsistentRead: true,
              ProjectionExpression: 'ticketId, version, #type',
              ExpressionAttributeNames: { '#type': 'type' },
            },
          },
        }),
      );
      found.push(...(Responses?.[events] ?? []));
      return UnprocessedKeys?.[events]?.Keys ?? [];
    });
  }
  return found;
}
