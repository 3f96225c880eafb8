import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import pLimit from 'p-limit';
import type { TicketEvent } from '../../domain/events';
import { commentRow, lateRow, ticketRow, type TicketRow } from '../../domain/view';
import { lateArrival } from './lag';

/** How many rows of one ticket are written at a time. */
const COMMENTS_AT_A_TIME = 10;

/**
 * Merges the events of one ticket into its rows, so that any order, any number of times and any number of workers give
 * the same view, but for when it came: the attribute `arrived`. A comment has a row of its own that never changes: one
 * write each. The ticket's row becomes the state of the highest version, unless it is there already: one write for all
 * events. Comments go first, so that a ticket does not count what is yet to come.
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

/**
 * Makes the ticket's row the state after the event, unless it is newer. An event that comes late marks a row that is as
 * new once more: its push is as late, and whoever misses that finds the ticket by the mark. With `repair` it is no news
 * that a row is as new; only its state is mended, if that is wrong.
 */
export async function mergeTicket(newest: TicketEvent, view: View, { repair = false } = {}): Promise<void> {
  const now = view.now?.() ?? Date.now();
  const arrivedAt = lateArrival(newest, now);
  const row = arrivedAt === null ? ticketRow(newest.ticket) : lateRow(newest.ticket, arrivedAt);
  const isRenewed = arrivedAt !== null && !repair;
  const inTheWay = await put(
    row,
    view,
    `attribute_not_exists(ticketId) OR #version ${isRenewed ? '<=' : '<'} :version`,
  );
  if (repair && inTheWay?.version === row.version) {
    await mend(inTheWay, row, view);
  }
}

/** Makes a row of the same version right. Its mark stays, and is looked at again if somebody renews it meanwhile. */
async function mend(found: TicketRow, right: TicketRow, view: View): Promise<void> {
  const { arrived } = found;
  const { arrived: _, ...rest } = right;
  const row: TicketRow = arrived === undefined ? rest : { ...rest, arrived };
  if (isDeepStrictEqual(found, row)) {
    return;
  }
  const isSameMark = arrived === undefined ? 'attribute_not_exists(arrived)' : 'arrived = :arrived';
  const mark = arrived === undefined ? {} : { ':arrived': arrived };
  const inTheWay = await put(row, view, `#version = :version AND ${isSameMark}`, mark);
  if (inTheWay?.version === row.version) {
    await mend(inTheWay, right, view);
  }
}

/** Writes the row if the condition holds; else gives the row that is there. */
async function put(row: TicketRow, view: View, condition: string, values = {}): Promise<TicketRow | undefined> {
  const command = new PutItemCommand({
    TableName: view.tableName,
    Item: marshall(row),
    ConditionExpression: condition,
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: marshall({ ':version': row.version, ...values }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    await view.client.send(command);
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) {
      throw error;
    }
    return error.Item && (unmarshall(error.Item) as TicketRow);
  }
}

export interface View {
  client: Pick<DynamoDBClient, 'send'>;
  tableName: string;
  /** The clock, in milliseconds since the epoch. Default: this machine's. */
  now?: () => number;
}
