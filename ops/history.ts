import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Item } from '../functions/project/decode';
import type { Pages } from './scan';

/**
 * The histories in a segment of the log, each whole and in order: DynamoDB scans by the hash of the partition key, and
 * reads a partition in the order of its sort key. Who depends on that for more than speed reads a ticket again.
 */
export async function* historiesIn(pages: Pages): AsyncIterable<{ ticketId: string; items: Item[] }> {
  let items: Item[] = [];
  for await (const page of pages) {
    for (const item of page) {
      if (items[0] && ticketOf(items[0]) !== ticketOf(item)) {
        yield { ticketId: ticketOf(items[0]), items };
        items = [];
      }
      items.push(item);
    }
  }
  if (items[0]) {
    yield { ticketId: ticketOf(items[0]), items };
  }
}

/** All items of a ticket in one of the tables, as they are now. */
export async function readTicket(client: DynamoDBClient, tableName: string, ticketId: string): Promise<Item[]> {
  const items: Item[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: tableName,
      KeyConditionExpression: 'ticketId = :ticketId',
      ExpressionAttributeValues: { ':ticketId': { S: ticketId } },
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) {
    items.push(...Items);
  }
  return items;
}

export function ticketOf(item: Item): string {
  return item.ticketId?.S ?? '';
}
