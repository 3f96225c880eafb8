import { BatchGetItemCommand, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import type { Item } from '../functions/project/decode';
import type { Deployment } from './deployment';
import { ticketOf } from './history';
import { untilProcessed } from './unprocessed';

/** DynamoDB's limit of keys in a request. */
const KEYS_AT_A_TIME = 100;

/** Those of the tickets that the log has. */
export async function firstEvents(deployment: Deployment, ticketIds: string[]): Promise<Set<string>> {
  const keys = ticketIds.map((ticketId): Item => ({ ticketId: { S: ticketId }, version: { N: '1' } }));
  return new Set((await eventsAt(deployment, keys, { ProjectionExpression: 'ticketId' })).map(ticketOf));
}

/** Those of the events that are there. A projection saves transfer, and no read units. */
export async function eventsAt(
  { dynamodb, events }: Deployment,
  keys: Item[],
  projection: Pick<KeysAndAttributes, 'ProjectionExpression'> = {},
): Promise<Item[]> {
  const found: Item[] = [];
  for (let at = 0; at < keys.length; at += KEYS_AT_A_TIME) {
    await untilProcessed(keys.slice(at, at + KEYS_AT_A_TIME), async (left) => {
      const { Responses, UnprocessedKeys } = await dynamodb.send(
        new BatchGetItemCommand({
          RequestItems: {
            [events]: { Keys: left, ConsistentRead: true, ...projection },
          },
        }),
      );
      found.push(...(Responses?.[events] ?? []));
      return UnprocessedKeys?.[events]?.Keys ?? [];
    });
  }
  return found;
}
