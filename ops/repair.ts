import { ConditionalCheckFailedException, DeleteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TicketEvent } from '../domain/events';
import type { Item } from '../functions/project/decode';
import { mergeComments, mergeTicket } from '../functions/project/merge';

/** Makes a ticket's rows what its events say. What is newer by now stays as it is. */
export async function restore(events: TicketEvent[], client: DynamoDBClient, tableName: string): Promise<void> {
  const head = events.at(-1);
  await mergeComments(events, { client, tableName });
  if (head) {
    await mergeTicket(head, { client, tableName }, { repair: true });
  }
}

/** Removes a row that no event led to, unless it has changed since it was read. */
export async function removeOrphan(row: Item, client: DynamoDBClient, tableName: string): Promise<void> {
  const { ticketId, row: name, version } = row;
  try {
    await client.send(
      new DeleteItemCommand({
        TableName: tableName,
        Key: { ticketId: ticketId!, row: name! },
        ...(version && {
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': version },
        }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) {
      throw error;
    }
    // It is another row by now.
  }
}
