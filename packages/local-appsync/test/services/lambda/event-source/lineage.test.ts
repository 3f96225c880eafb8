import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { MemoryCheckpointStore, StreamMapping } from '../../../../src/services/lambda/event-source/stream-mapping';
import { invoked, mappingOf, rawRecord } from './records';

interface FakeShard {
  id: string;
  parentId?: string;
  sequences: number[];
  closed: boolean;
}

/** A stream whose shards are listed one a page and read one record a page. */
function streamOf(shards: FakeShard[]): DynamoDBStreamsClient {
  const find = (id: unknown): FakeShard => shards.find((shard) => shard.id === id)!;
  const send = ({ input, constructor }: { input: Record<string, unknown>; constructor: { name: string } }) => {
    switch (constructor.name) {
      case 'DescribeStreamCommand': {
        const index = shards.findIndex((shard) => shard.id === input.ExclusiveStartShardId) + 1;
        const page = shards.slice(index, index + 1);
        const LastEvaluatedShardId = index + 1 < shards.length ? page[0]!.id : undefined;
        const Shards = page.map(({ id, parentId }) => ({ ShardId: id, ParentShardId: parentId }));
        return { StreamDescription: { Shards, LastEvaluatedShardId } };
      }
      case 'GetShardIteratorCommand': {
        const { sequences } = find(input.ShardId);
        const from = sequences.filter((sequence) => sequence <= Number(input.SequenceNumber ?? 0)).length;
        return { ShardIterator: `${String(input.ShardId)} ${from}` };
      }
      default: {
        const [id, from] = String(input.ShardIterator).split(' ') as [string, string];
        const { sequences, closed } = find(id);
        const records = sequences.slice(Number(from), Number(from) + 1).map((sequence) => rawRecord(sequence));
        const to = Number(from) + records.length;
        return { Records: records, NextShardIterator: closed && to === sequences.length ? undefined : `${id} ${to}` };
      }
    }
  };
  return {
    send: (command: Parameters<typeof send>[0]) => Promise.resolve(send(command)),
  } as unknown as DynamoDBStreamsClient;
}

function mappingOn(
  shards: FakeShard[],
  checkpoints = new MemoryCheckpointStore(),
  startingPosition: 'LATEST' | 'TRIM_HORIZON' = 'TRIM_HORIZON',
) {
  const delivered: number[] = [];
  const mapping = new StreamMapping(mappingOf({ startingPosition }), {
    streams: streamOf(shards),
    checkpoints,
    invoke: (payload) => {
      delivered.push(...invoked(payload));
      return Promise.resolve({ ok: true, payload: null });
    },
    pollMs: () => 1,
  });
  return { mapping, delivered, checkpoints };
}

test('a shard is delivered after its parent, over any number of splits, and caught up means all of them', async () => {
  const { mapping, delivered } = mappingOn([
    { id: 'grandchild', parentId: 'child', sequences: [5, 6], closed: false },
    { id: 'child', parentId: 'parent', sequences: [3, 4], closed: true },
    { id: 'parent', parentId: 'trimmed', sequences: [1, 2], closed: true },
  ]);
  await mapping.start();
  await mapping.caughtUp();
  await mapping.stop();
  expect(delivered).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a finished shard is not read again after a restart, and a trimmed one is forgotten', async () => {
  const parent = { id: 'parent', sequences: [1, 2], closed: true };
  const child = { id: 'child', parentId: 'parent', sequences: [3], closed: false };
  const first = mappingOn([parent, child]);
  await first.mapping.start();
  await first.mapping.caughtUp();
  await first.mapping.stop();
  const key = 'mapping 2026-01-01T00:00:00.000';
  expect(await first.checkpoints.read(key)).toEqual({ parent: 'SHARD_END', child: '3' });

  child.sequences.push(4);
  const second = mappingOn([parent, child], first.checkpoints);
  await second.mapping.start();
  await second.mapping.caughtUp();
  await second.mapping.stop();
  expect(second.delivered).toEqual([4]);

  child.sequences.push(5);
  const third = mappingOn([child], first.checkpoints);
  await third.mapping.start();
  await third.mapping.caughtUp();
  await third.mapping.stop();
  expect(third.delivered).toEqual([5]);
  expect(await first.checkpoints.read(key)).toEqual({ child: '5' });
});

test('the children of a shard that ends while it is read are found', async () => {
  const parent = { id: 'parent', sequences: [1], closed: false };
  const shards: FakeShard[] = [parent];
  const { mapping, delivered } = mappingOn(shards);
  await mapping.start();
  await mapping.caughtUp();
  shards.push({ id: 'child', parentId: 'parent', sequences: [2], closed: false });
  parent.closed = true;
  await mapping.caughtUp();
  await mapping.stop();
  expect(delivered).toEqual([1, 2]);
});

test('LATEST on a stream without shards is a position: what is written while the mapping rests is delivered', async () => {
  const shards: FakeShard[] = [];
  const first = mappingOn(shards, new MemoryCheckpointStore(), 'LATEST');
  await first.mapping.start();
  await first.mapping.stop();
  shards.push({ id: 'first', sequences: [1, 2], closed: false });
  const second = mappingOn(shards, first.checkpoints, 'LATEST');
  await second.mapping.start();
  await second.mapping.caughtUp();
  await second.mapping.stop();
  expect(second.delivered).toEqual([1, 2]);
});
