import { type DynamoDBClient, ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import type { Item } from '../functions/project/decode';

/** A segment holds the hundredth part of a table, near enough, so that their number is a true measure of progress. */
const SEGMENTS = 100;
const SEGMENTS_AT_A_TIME = 8;

/** Tells of work: how much of how much is done. */
export type Progress = (done: number, total: number) => void;

export type Pages = AsyncIterable<Item[]> | Iterable<Item[]>;

/** Which part of a table: all of it, if empty. */
export type Segment = Pick<ScanCommandInput, 'Segment' | 'TotalSegments'>;

/**
 * Reads a whole table in parallel segments: `read` is given each as a stream of its pages, so memory holds a page of as
 * many segments as are read at a time. A table that fits in a page is read in one call; of a larger one, the first page is
 * read twice. Source:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.ParallelScan
 */
export async function scan(
  client: DynamoDBClient,
  input: ScanCommandInput,
  read: (pages: Pages, segment: Segment) => Promise<void>,
  progress: Progress,
): Promise<void> {
  progress(0, SEGMENTS);
  const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand(input));
  if (!LastEvaluatedKey) {
    await read([Items], {});
    progress(SEGMENTS, SEGMENTS);
    return;
  }
  const limit = pLimit(SEGMENTS_AT_A_TIME);
  let done = 0;
  await limit.map(Array.from({ length: SEGMENTS }), async (_, n) => {
    const segment = { Segment: n, TotalSegments: SEGMENTS };
    await read(pagesOf(client, { ...input, ...segment }), segment);
    done += 1;
    progress(done, SEGMENTS);
  });
}

/** The pages of a scan, one after the other. */
export async function* pagesOf(client: DynamoDBClient, input: ScanCommandInput): AsyncIterable<Item[]> {
  let from: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({ ...input, ExclusiveStartKey: from }));
    yield Items;
    from = LastEvaluatedKey;
  } while (from);
}
