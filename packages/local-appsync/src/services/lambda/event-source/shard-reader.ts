import {
  type _Record,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { type Backoff, exponential } from './backoff';
import type { Bell } from '../../../shared/bell';
import { pause } from '../../../shared/pause';
import { after, type Position, START } from './position';

/** The Streams API's most records a page. */
const PAGE = 1000;

export interface ShardAddress {
  streams: DynamoDBStreamsClient;
  streamArn: string;
  shardId: string;
}

export interface Page {
  records: _Record[];
  /** By `performance.now()`: what was in the shard then is in this page, as far as it reaches. */
  askedAt: number;
}

export interface ReadOptions {
  /** Until the next read while the shard has nothing new, in milliseconds. */
  pollMs: () => number;
  signal: AbortSignal;
  log: (line: string) => void;
  /** Rung by who wants the next read of an idle shard at once: something was written, or somebody waits. */
  hurry: Bell;
  backoff?: Backoff;
}

/**
 * A shard's pages from a position on, empty ones too, until the shard is closed and read or the signal
 * aborts. The next page is asked for when the consumer comes back, so reads never overlap nor run ahead.
 * An engine that fails is asked again, from the last record given.
 */
export async function* readShard(
  address: ShardAddress,
  from: Position,
  { pollMs, signal, log, hurry, backoff = exponential(100, 2000) }: ReadOptions,
): AsyncGenerator<Page> {
  let position = from;
  let iterator: string | undefined;
  let failures = 0;

  while (!signal.aborted) {
    const askedAt = performance.now();
    const hurried = hurry.next;
    let records: _Record[];
    try {
      iterator ??= await openIterator(address, position, signal);
      // A closed shard that has been read to its end gives no further iterator.
      if (iterator === undefined) {
        return;
      }
      const page = await address.streams.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: PAGE }), {
        abortSignal: signal,
      });
      iterator = page.NextShardIterator;
      records = page.Records ?? [];
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      // Whatever the cause, the iterator may have died of it: expired, or unknown to an engine started anew.
      iterator = undefined;
      if (nameOf(error) === 'TrimmedDataAccessException' && position.at === 'after') {
        log(
          `Shard ${address.shardId}: the records after ${position.sequenceNumber} have been trimmed; going on with the oldest.`,
        );
        position = START;
      } else if (nameOf(error) !== 'ExpiredIteratorException') {
        failures += 1;
        if (failures === 1) {
          log(`Shard ${address.shardId} cannot be read, trying again: ${String(error)}`);
        }
        await pause(backoff(failures), signal);
      }
      continue;
    }

    if (failures > 0) {
      log(`Shard ${address.shardId} is read again.`);
    }
    failures = 0;
    const last = records.at(-1)?.dynamodb?.SequenceNumber;
    if (last !== undefined) {
      position = after(last);
    }
    yield { records, askedAt };
    if (iterator === undefined) {
      return;
    }
    if (records.length === 0) {
      await hurry.within(pollMs(), signal, hurried);
    }
  }
}

/**
 * Where a shard ends now: the position from which on only later records are read. It is found by reading,
 * because an engine's own LATEST iterator has no sequence number that a checkpoint could keep.
 */
export async function endOfShard(address: ShardAddress): Promise<Position> {
  let position: Position = START;
  let iterator = await openIterator(address, START);
  while (iterator !== undefined) {
    const page = await address.streams.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: PAGE }));
    const last = page.Records?.at(-1)?.dynamodb?.SequenceNumber;
    if (last === undefined && page.NextShardIterator !== undefined) {
      return position;
    }
    if (last !== undefined) {
      position = after(last);
    }
    iterator = page.NextShardIterator;
  }
  return { at: 'end' };
}

async function openIterator(
  { streams, streamArn, shardId }: ShardAddress,
  position: Position,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (position.at === 'end') {
    return undefined;
  }
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: streamArn,
      ShardId: shardId,
      ...(position.at === 'start'
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position.sequenceNumber }),
    }),
    { abortSignal: signal },
  );
  return ShardIterator;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
