import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';

/** The row of the view in which a projector that is behind notes how far it has come. No ticket has a row of this name. */
export const PROGRESS_ROW = 'progress';
export const PROGRESS_KEY = { ticketId: { S: 'projector' }, row: { S: PROGRESS_ROW } };

const BEHIND_MS = 5_000;

/**
 * Notes the last record of a batch, if the projector is behind: `verify` then knows lag from loss, also while all rows are
 * right already, as after a rebuild. One write for a batch that is some seconds old; none otherwise.
 */
export async function noteProgress(
  records: DynamoDBRecord[],
  { client, tableName, now }: { client: Pick<DynamoDBClient, 'send'>; tableName: string; now: number },
): Promise<void> {
  const { ApproximateCreationDateTime: seconds, SequenceNumber } = records.at(-1)?.dynamodb ?? {};
  // Redriven events come without a time.
  if (seconds === undefined || SequenceNumber === undefined || now - seconds * 1000 < BEHIND_MS) {
    return;
  }
  await client.send(
    new PutItemCommand({ TableName: tableName, Item: { ...PROGRESS_KEY, position: { S: SequenceNumber } } }),
  );
}
