import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Item } from '../functions/project/decode';
import type { DeadBatch } from './dead-batch';
import type { Deployment } from './deployment';
import { type Progress, scan } from './scan';

/** Clocks of the API and of the stream may differ by as much. */
const CLOCK_SKEW_MS = 60_000;
/** A stream that gives nothing so many times has no more: it may give an empty page between others. */
const EMPTY_PAGES = 10;
/** DynamoDB lets a shard be read five times a second. */
const PAUSE_MS = 200;

/**
 * The events of a batch, as the log has them: by their keys in the stream or, a day later, by their time. Undefined if
 * the log does not have them all, as far as the batch tells: an event that was imported has an older time.
 */
export async function eventsOf(
  batch: DeadBatch,
  deployment: Deployment,
  { progress = () => undefined, wait = sleep }: { progress?: Progress; wait?: Wait } = {},
): Promise<Item[] | undefined> {
  const keys = await keysInStream(batch, deployment, wait);
  const items = keys ? await itemsAt(keys, deployment) : await itemsBetween(batch, deployment, progress);
  const wanted = keys?.length ?? batch.batchSize ?? 1;
  return items.length >= wanted ? items : undefined;
}

type Wait = (ms: number) => Promise<unknown>;

/** Undefined if the stream does not have the batch, or not any more. */
async function keysInStream(batch: DeadBatch, { streams }: Deployment, wait: Wait): Promise<Item[] | undefined> {
  const last = BigInt(batch.endSequenceNumber);
  const keys: Item[] = [];
  try {
    const first = await streams.send(
      new GetShardIteratorCommand({
        StreamArn: batch.streamArn,
        ShardId: batch.shardId,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        SequenceNumber: batch.startSequenceNumber,
      }),
    );
    let iterator = first.ShardIterator;
    for (let empty = 0; iterator && empty < EMPTY_PAGES;) {
      const { Records = [], NextShardIterator } = await streams.send(
        new GetRecordsCommand({ ShardIterator: iterator }),
      );
      for (const { eventName, dynamodb } of Records) {
        const number = BigInt(dynamodb!.SequenceNumber!);
        if (number <= last && eventName === 'INSERT') {
          keys.push(dynamodb!.Keys as Item);
        }
        if (number >= last) {
          return keys;
        }
      }
      empty = Records.length > 0 ? 0 : empty + 1;
      iterator = NextShardIterator;
      if (iterator) {
        await wait(PAUSE_MS);
      }
    }
    return undefined;
  } catch (error) {
    if (error instanceof TrimmedDataAccessException || error instanceof ResourceNotFoundException) {
      return undefined;
    }
    throw error;
  }
}

/** The events with these keys, as far as the log has them. */
export async function itemsAt(keys: Item[], { dynamodb, events }: Deployment): Promise<Item[]> {
  const items = await Promise.all(
    keys.map(({ ticketId, version }) =>
      dynamodb.send(
        new GetItemCommand({
          TableName: events,
          Key: { ticketId: ticketId!, version: version! },
          ConsistentRead: true,
        }),
      ),
    ),
  );
  return items.flatMap(({ Item }) => (Item ? [Item] : []));
}

/** More events than the letter's, which does no harm: each is merged and published once more. */
async function itemsBetween(batch: DeadBatch, { dynamodb, events }: Deployment, progress: Progress): Promise<Item[]> {
  const first = Date.parse(batch.approximateArrivalOfFirstRecord);
  const last = Date.parse(batch.approximateArrivalOfLastRecord);
  if (Number.isNaN(first) || Number.isNaN(last)) {
    return [];
  }
  const time = (ms: number) => ({ S: new Date(ms).toISOString() });
  const items: Item[] = [];
  await scan(
    dynamodb,
    {
      TableName: events,
      FilterExpression: '#at BETWEEN :first AND :last',
      ExpressionAttributeNames: { '#at': 'at' },
      ExpressionAttributeValues: { ':first': time(first - CLOCK_SKEW_MS), ':last': time(last + CLOCK_SKEW_MS) },
    },
    async (pages) => {
      for await (const page of pages) {
        items.push(...page);
      }
    },
    progress,
  );
  return items;
}
