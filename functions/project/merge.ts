import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import pLimit from 'p-limit';
import type { TicketEvent } from '../../domain/events';
import { commentRow, ticketRow } from '../../domain/view';

/** How many rows of one ticket are written at a time. */
const COMMENTS_AT_A_TIME = 10;

/**
 * Merges the events of one ticket into its rows, so that any order, any number of times and any number of workers give
 * the same view. A comment has a row of its own that never changes: one write each. The ticket's row becomes the state
 * of the highest version, unless it is there already: one write for all events. Comments go first, so that a ticket
 * does not count what is yet to come.
 */
export async function merge(events: TicketEvent[], view: View): Promise<void> {
  await mergeComments(events, view);
  await mergeTicket(
    events.reduce((a, b) => (b.version > a.version ? b : a)),
    view,
  );
}

/** Writes the row of each comment among the events. */
export async function mergeComments(events: TicketEvent[], view: View): Promise<void> {
  const limit = pLimit(COMMENTS_AT_A_TIME);
  const comments = events.map(commentRow).filter((row) => row !== null);
  await limit.map(comments, (row) =>
    view.client.send(new PutItemCommand({ TableName: view.tableName, Item: marshall(row) })),
  );
}

/** Makes the ticket's row the state after the event, unless it is newer; with `repair` also one that is as new. */
export async function mergeTicket(newest: TicketEvent, view: View, { repair = false } = {}): Promise<void> {
  const put = new PutItemCommand({
    TableName: view.tableName,
    Item: marshall(ticketRow(newest.ticket)),
    ConditionExpression: `attribute_not_exists(ticketId) OR #version ${repair ? '<=' : '<'} :version`,
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
