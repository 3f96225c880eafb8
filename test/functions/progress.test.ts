import type { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord, StreamRecord } from 'aws-lambda';
import { noteProgress } from '../../functions/project/progress';

const NOW = 1_000_000;

/** What is written of a batch with these records. */
async function notedOf(...records: StreamRecord[]): Promise<object[]> {
  const written: object[] = [];
  const client = { send: ({ input }: PutItemCommand) => Promise.resolve(written.push(input)) } as never;
  const batch = records.map((dynamodb): DynamoDBRecord => ({ dynamodb }));
  await noteProgress(batch, { client, tableName: 'view', now: NOW });
  return written;
}

describe('of its progress, a projector notes', () => {
  test('the last record of a batch, with one write, if that is five seconds old', async () => {
    const old = (SequenceNumber: string) => ({ SequenceNumber, ApproximateCreationDateTime: NOW / 1000 - 5 });
    expect(await notedOf(old('7'), old('8'))).toEqual([
      { TableName: 'view', Item: { ticketId: { S: 'projector' }, row: { S: 'progress' }, position: { S: '8' } } },
    ]);
  });

  test.each<[string, StreamRecord[]]>([
    ['while it is not behind', [{ SequenceNumber: '7', ApproximateCreationDateTime: NOW / 1000 - 4 }]],
    ['of events that are redriven', [{ SequenceNumber: '7' }]],
    ['of no records', []],
  ])('nothing %s', async (_, records) => expect(await notedOf(...records)).toEqual([]));
});
