import {
  type _Record as StreamRecord,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { eventually } from '../../../../support/eventually';

/** The stream's records from the start, or after a sequence number; asks until there are `count` of them. */
export async function readStream(
  client: DynamoDBStreamsClient,
  streamArn: string,
  count: number,
  after?: string,
): Promise<StreamRecord[]> {
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  const records: StreamRecord[] = [];
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    let { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamArn: streamArn,
        ShardId,
        ...(after === undefined
          ? { ShardIteratorType: 'TRIM_HORIZON' }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }),
      }),
    );
    await eventually(
      async () => {
        const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator }));
        records.push(...Records);
        ShardIterator = NextShardIterator;
      },
      () => records.length >= count || ShardIterator === undefined,
    );
  }
  return records;
}

export function sequenceOf(record: StreamRecord | undefined): bigint {
  return BigInt(record?.dynamodb?.SequenceNumber ?? Number.NaN);
}
