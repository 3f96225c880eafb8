import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { Bell } from '../../../../src/shared/bell';
import { after, type Position, START } from '../../../../src/services/lambda/event-source/position';
import { endOfShard, readShard } from '../../../../src/services/lambda/event-source/shard-reader';
import { rawRecord, STREAM } from './records';

function named(name: string): Error {
  return Object.assign(new Error('not now'), { name });
}

/**
 * A shard with the records 1 to n, in pages of two, closed at its end if so said. Before each GetRecords
 * `trouble` may throw.
 */
function shardOf(n: number, { closed = true, trouble = (_call: number): void => undefined } = {}) {
  const iterators: string[] = [];
  let calls = 0;
  const send = (command: { input: Record<string, unknown>; constructor: { name: string } }) => {
    if (command.constructor.name === 'GetShardIteratorCommand') {
      const { ShardIteratorType, SequenceNumber = '0' } = command.input;
      iterators.push(`${String(ShardIteratorType)} ${String(SequenceNumber)}`);
      return Promise.resolve({ ShardIterator: String(SequenceNumber) });
    }
    return (async () => {
      await Promise.resolve();
      trouble(++calls);
      const from = Number(command.input.ShardIterator);
      const records = [from + 1, from + 2].filter((sequence) => sequence <= n).map((sequence) => rawRecord(sequence));
      const to = from + records.length;
      return { Records: records, NextShardIterator: closed && to === n ? undefined : String(to) };
    })();
  };
  const address = { streams: { send } as unknown as DynamoDBStreamsClient, streamArn: STREAM, shardId: 'shard-1' };
  return { address, iterators };
}

async function readAll(shard: ReturnType<typeof shardOf>, from: Position, stopAfterPages = Infinity) {
  const stopping = new AbortController();
  const lines: string[] = [];
  const options = { pollMs: () => 0, signal: stopping.signal, log: (line: string) => void lines.push(line) };
  const pages: number[][] = [];
  for await (const { records } of readShard(shard.address, from, { ...options, hurry: new Bell(), backoff: () => 0 })) {
    pages.push(records.map((each) => Number(each.dynamodb?.SequenceNumber)));
    if (pages.length >= stopAfterPages) {
      stopping.abort();
    }
  }
  return { pages, lines };
}

test('a closed shard is read from the start to its end', async () => {
  const shard = shardOf(5);
  expect(await readAll(shard, START)).toEqual({ pages: [[1, 2], [3, 4], [5]], lines: [] });
  expect(shard.iterators).toEqual(['TRIM_HORIZON 0']);
});

test('a shard is read from behind a sequence number', async () => {
  const shard = shardOf(4);
  expect((await readAll(shard, after('3'))).pages).toEqual([[4]]);
  expect(shard.iterators).toEqual(['AFTER_SEQUENCE_NUMBER 3']);
});

test('a shard that is handled to its end is not read', async () => {
  const shard = shardOf(4);
  expect((await readAll(shard, { at: 'end' })).pages).toEqual([]);
  expect(shard.iterators).toEqual([]);
});

test('an open shard is read until the stop, and what is empty is told too', async () => {
  expect((await readAll(shardOf(1, { closed: false }), START, 3)).pages).toEqual([[1], [], []]);
});

test('an expired iterator is replaced where the reading stands', async () => {
  const trouble = (call: number): void => {
    if (call === 2) {
      throw named('ExpiredIteratorException');
    }
  };
  const shard = shardOf(3, { trouble });
  expect(await readAll(shard, START)).toEqual({ pages: [[1, 2], [3]], lines: [] });
  expect(shard.iterators).toEqual(['TRIM_HORIZON 0', 'AFTER_SEQUENCE_NUMBER 2']);
});

test('when the records to go on from have been trimmed, the oldest follow, and the log tells', async () => {
  const trouble = (call: number): void => {
    if (call === 1) {
      throw named('TrimmedDataAccessException');
    }
  };
  const { pages, lines } = await readAll(shardOf(2, { trouble }), after('1'));
  expect(pages).toEqual([[1, 2]]);
  expect(lines).toEqual([expect.stringMatching(/the records after 1 have been trimmed/)]);
});

test('an engine that fails for a while is told of once and loses nothing', async () => {
  const trouble = (call: number): void => {
    if (call >= 2 && call <= 5) {
      throw named('ECONNREFUSED');
    }
  };
  expect(await readAll(shardOf(4, { trouble }), START)).toEqual({
    pages: [
      [1, 2],
      [3, 4],
    ],
    lines: ['Shard shard-1 cannot be read, trying again: ECONNREFUSED: not now', 'Shard shard-1 is read again.'],
  });
});

test('who hurries need not wait for the next look at an idle shard', async () => {
  const stopping = new AbortController();
  const hurry = new Bell();
  const shard = shardOf(0, { closed: false });
  const options = { pollMs: () => 60_000, signal: stopping.signal, log: () => undefined, hurry };
  const pages = readShard(shard.address, START, options);
  await pages.next();
  const second = pages.next();
  await Promise.resolve();
  hurry.ring();
  expect((await second).done).toBe(false);
  stopping.abort();
});

test('who hurries while an empty page is on its way is not forgotten', async () => {
  const stopping = new AbortController();
  const hurry = new Bell();
  const shard = shardOf(0, { closed: false, trouble: (call) => void (call === 1 && hurry.ring()) });
  const options = { pollMs: () => 60_000, signal: stopping.signal, log: () => undefined, hurry };
  const pages = readShard(shard.address, START, options);
  await pages.next();
  expect((await pages.next()).done).toBe(false);
  stopping.abort();
});

test('the end of a shard is behind its last record, at its start, or, when it is closed, the end', async () => {
  expect(await endOfShard(shardOf(5, { closed: false }).address)).toEqual(after('5'));
  expect(await endOfShard(shardOf(0, { closed: false }).address)).toEqual(START);
  expect(await endOfShard(shardOf(5).address)).toEqual({ at: 'end' });
  expect(await endOfShard(shardOf(0).address)).toEqual({ at: 'end' });
});
