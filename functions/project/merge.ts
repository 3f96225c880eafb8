import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { TicketEvent } from '../../domain/events';
import { ticketRow } from '../../domain/view';

/**
 * Merges the events of one ticket into its row: the row becomes the state of the highest version, unless it is there
 * already. So any order, any number of times and any number of workers give the same view. One write.
 */
export async function merge(events: TicketEvent[], view: View): Promise<void> {
  const newest = events.reduce((a, b) => (b.version > a.version ? b : a));
  const put = new PutItemCommand({
    TableName: view.tableName,
    Item: marshall(ticketRow(newest.ticket)),
    ConditionExpression: 'attribute_not_exists(ticketId) OR #version < :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: marshall({ ':version': newest.version }),
  });
  try {
    await view.client.send(put);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) {
      throw error;
    }
    // The row is as new or newer: there is nothing to merge.
  }
}

export interface View {
  client: Pick<DynamoDBClient, 'send'>;
  tableName: string;
}
