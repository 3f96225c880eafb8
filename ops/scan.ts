import { type DynamoDBClient, ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import type { Item } from '../functions/project/decode';

/** A segment holds the hundredth part of a table, near enough, so that their number is a true measure of progress. */
const SEGMENTS = 100;
const SEGMENTS_AT_A_TIME = 8;

/** Tells of work: how much of how much is done. */
export type Progress = (done: number, total: number) => void;

/**
 * Reads a whole table in parallel segments: `read` is given each as a stream of its pages, so memory holds a page of as
 * many segments as are read at a time. Source:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.ParallelScan
 */
export async function scan(
  client: DynamoDBClient,
  input: ScanCommandInput,
  read: (pages: AsyncIterable<Item[]>) => Promise<void>,
  progress: Progress,
): Promise<void> {
  const limit = pLimit(SEGMENTS_AT_A_TIME);
  let done = 0;
  progress(0, SEGMENTS);
  await limit.map(Array.from({ length: SEGMENTS }), async (_, segment) => {
    await read(pagesOf(client, { ...input, Segment: segment, TotalSegments: SEGMENTS }));
    done += 1;
    progress(done, SEGMENTS);
  });
}

async function* pagesOf(client: DynamoDBClient, input: ScanCommandInput): AsyncIterable<Item[]> {
  let from: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({ ...input, ExclusiveStartKey: from }));
    yield Items;
    from = LastEvaluatedKey;
  } while (from);
}
