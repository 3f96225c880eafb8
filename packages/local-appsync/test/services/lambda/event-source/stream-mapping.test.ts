import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  StreamMappingDefinition,
  StreamMappingDependencies,
} from '../../../../src/services/lambda/event-source/definition';
import { Writes } from '../../../../src/services/dynamodb/engine/writes';
import type { DiscardMetadata } from '../../../../src/services/lambda/event-source/discard';
import type { LambdaStreamRecord } from '../../../../src/services/lambda/event-source/record';
import {
  FileCheckpointStore,
  MemoryCheckpointStore,
  StreamMapping,
} from '../../../../src/services/lambda/event-source/stream-mapping';
import type { InvocationResult } from '../../../../src/services/lambda/invocation';
import { TestEngine } from './engine';
import { mappingOf } from './records';

let engine: TestEngine;
const running: StreamMapping[] = [];
beforeAll(async () => void (engine = await TestEngine.start()));
afterEach(async () => void (await Promise.all(running.splice(0).map((mapping) => mapping.stop()))));
afterAll(() => engine.stop());

type Handler = (records: LambdaStreamRecord[]) => InvocationResult | Promise<InvocationResult>;

const done: InvocationResult = { ok: true, payload: null };
const error: InvocationResult = { ok: false, errorType: 'Error', errorMessage: 'no', trace: [] };

function recordsOf(payload: unknown): LambdaStreamRecord[] {
  return (payload as { Records: LambdaStreamRecord[] }).Records;
}

function idOf(record: LambdaStreamRecord): string {
  return (record.dynamodb.Keys.id as { S: string }).S;
}

/** A mapping on a table's stream; tells the ids of each batch. */
function mapping(
  streamArn: string,
  definition: Partial<StreamMappingDefinition> = {},
  { handler = () => done, ...dependencies }: Partial<StreamMappingDependencies> & { handler?: Handler } = {},
) {
  const batches: string[][] = [];
  const lines: string[] = [];
  const started = new StreamMapping(mappingOf({ streamArn, ...definition }), {
    streams: engine.streams,
    checkpoints: new MemoryCheckpointStore(),
    backoff: () => 1,
    log: (line) => lines.push(line),
    invoke: (payload) => {
      batches.push(recordsOf(payload).map(idOf));
      return Promise.resolve(handler(recordsOf(payload)));
    },
    ...dependencies,
  });
  running.push(started);
  return { mapping: started, batches, lines };
}

/** A promise and what resolves it. */
function gate(): { open: () => void; opened: Promise<void> } {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

test('the function hears of what is written, changed and deleted, in order and as Lambda tells it', async () => {
  const streamArn = await engine.createTable('written');
  const eventSourceArn = 'arn:aws:dynamodb:eu-central-1:000000000000:table/written/stream/1';
  const records: LambdaStreamRecord[] = [];
  const { mapping: started } = mapping(
    streamArn,
    { eventSourceArn },
    { handler: (batch) => (records.push(...batch), done) },
  );
  await started.start();
  await engine.put('written', 'a', { data: { B: new Uint8Array([1, 2, 255]) } });
  await engine.put('written', 'a', { data: { N: '5' } });
  await engine.delete('written', 'a');
  await started.caughtUp();

  expect(
    records.map(({ eventName, dynamodb }) => [eventName, dynamodb.OldImage?.data, dynamodb.NewImage?.data]),
  ).toEqual([
    ['INSERT', undefined, { B: 'AQL/' }],
    ['MODIFY', { B: 'AQL/' }, { N: '5' }],
    ['REMOVE', { N: '5' }, undefined],
  ]);
  for (const record of records) {
    expect(record).toMatchObject({
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-central-1',
      eventSourceARN: eventSourceArn,
      dynamodb: { Keys: { id: { S: 'a' } }, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
    expect(Math.abs(record.dynamodb.ApproximateCreationDateTime - Date.now() / 1000)).toBeLessThan(60);
  }
});

test('what is written through a client whose writes ring is heard of without waiting for the next look', async () => {
  const streamArn = await engine.createTable('rung');
  const heard = gate();
  const writes = new Writes({ log: () => undefined });
  writes.listenTo(engine.tables);
  const handler: Handler = () => (heard.open(), done);
  const { mapping: started } = mapping(streamArn, {}, { handler, hurry: writes.bell, pollMs: () => 600_000 });
  await started.start();
  await started.caughtUp();
  await engine.put('rung', 'a');
  await heard.opened;
  writes.close();
});

test.each([
  ['the first', []],
  ['another', ['a']],
])('when all is quiet, %s write of another program is heard of before the next look', async (_, before) => {
  const tableName = `quiet-${before.length}`;
  const streamArn = await engine.createTable(tableName);
  for (const id of before) {
    await engine.put(tableName, id);
  }
  const writes = new Writes({ folder: engine.directory, log: () => undefined, quietAfterMs: 200 });
  const [quiet, heard] = [gate(), gate()];
  const pollMs = () => {
    if (writes.pollMs <= 1000) {
      return writes.pollMs;
    }
    quiet.open();
    // Longer than the test may take: only the engine's files can tell sooner.
    return 600_000;
  };
  const handler: Handler = (records) => (records.some((record) => idOf(record) === 'new') && heard.open(), done);
  const { mapping: started } = mapping(streamArn, {}, { handler, hurry: writes.bell, pollMs });
  await started.start();
  await quiet.opened;
  await engine.put(tableName, 'new');
  await heard.opened;
  writes.close();
});

test('batches have at most the mapping’s size', async () => {
  const streamArn = await engine.createTable('sized');
  for (const id of ['a', 'b', 'c', 'd', 'e']) {
    await engine.put('sized', id);
  }
  const { mapping: started, batches } = mapping(streamArn, { batchSize: 2 });
  await started.start();
  await started.caughtUp();
  expect(batches).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
});

test('within its window a batch waits until it is full', async () => {
  const streamArn = await engine.createTable('windowed');
  const { mapping: started, batches } = mapping(streamArn, { batchSize: 3, maximumBatchingWindowSeconds: 60 });
  await started.start();
  for (const id of ['a', 'b', 'c']) {
    await engine.put('windowed', id);
  }
  await started.caughtUp();
  expect(batches).toEqual([['a', 'b', 'c']]);
});

test('a batch that is not full goes when its window is over', async () => {
  const streamArn = await engine.createTable('elapsed');
  await engine.put('elapsed', 'a');
  const { mapping: started, batches } = mapping(streamArn, { maximumBatchingWindowSeconds: 0.05 });
  await started.start();
  await started.caughtUp();
  expect(batches).toEqual([['a']]);
});

test('from TRIM_HORIZON all is delivered, and after a restart only what is new', async () => {
  const streamArn = await engine.createTable('restarted');
  const checkpoints = new MemoryCheckpointStore();
  for (const id of ['a', 'b', 'c']) {
    await engine.put('restarted', id);
    const { mapping: started, batches } = mapping(streamArn, {}, { checkpoints });
    await started.start();
    await started.caughtUp();
    await started.stop();
    expect(batches).toEqual([[id]]);
  }
});

test('from LATEST only what is written after the start is delivered, also when that was while it rested', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'latest-'));
  const runs: string[][][] = [];
  for (const table of ['latest-empty', 'latest-used']) {
    const streamArn = await engine.createTable(table);
    if (table === 'latest-used') {
      await engine.put(table, 'before');
    }
    const definition = { id: table, startingPosition: 'LATEST' as const };
    const start = async () => {
      const life = mapping(streamArn, definition, {
        checkpoints: new FileCheckpointStore(join(directory, 'checkpoints'), console.error),
      });
      await life.mapping.start();
      return life;
    };
    const first = await start();
    await first.mapping.stop();
    await engine.put(table, 'while it rested');
    const second = await start();
    await engine.put(table, 'after');
    await second.mapping.caughtUp();
    runs.push(first.batches, [second.batches.flat()]);
  }
  await rm(directory, { recursive: true });
  expect(runs).toEqual([[], [['while it rested', 'after']], [], [['while it rested', 'after']]]);
});

test('filtered records are not delivered, and not looked at again', async () => {
  const streamArn = await engine.createTable('filtered');
  const checkpoints = new MemoryCheckpointStore();
  const filterPatterns = ['{"eventName":["INSERT"],"dynamodb":{"NewImage":{"kind":{"S":["post"]}}}}'];
  const first = mapping(streamArn, { filterPatterns }, { checkpoints });
  await first.mapping.start();
  await engine.put('filtered', 'a', { kind: { S: 'note' } });
  await engine.put('filtered', 'b', { kind: { S: 'post' } });
  await engine.put('filtered', 'c', { kind: { S: 'note' } });
  await first.mapping.caughtUp();
  await first.mapping.stop();
  expect(first.batches).toEqual([['b']]);

  const unfiltered = mapping(streamArn, {}, { checkpoints });
  await unfiltered.mapping.start();
  await unfiltered.mapping.caughtUp();
  expect(unfiltered.batches).toEqual([]);
});

test('a filter that cannot be used fails the start', async () => {
  const streamArn = await engine.createTable('misfiltered');
  const { mapping: started } = mapping(streamArn, { filterPatterns: ['{"eventName":[{"regex":".*"}]}'] });
  await expect(started.start()).rejects.toMatchObject({ name: 'FilterPatternError' });
});

test('a stream that is not there fails the start', async () => {
  const { mapping: started } = mapping('arn:aws:dynamodb:dynoxide:000000000000:table/absent/stream/1');
  await expect(started.start()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a bad record ends at the failure destination and holds up nothing but itself', async () => {
  const streamArn = await engine.createTable('poisoned');
  const discarded: DiscardMetadata[] = [];
  const acknowledged: string[] = [];
  const { mapping: started } = mapping(
    streamArn,
    { bisectBatchOnFunctionError: true, reportBatchItemFailures: true, maximumRetryAttempts: 1 },
    {
      onDiscard: (metadata) => Promise.resolve(void discarded.push(metadata)),
      handler: (records) => {
        const bad = records.findIndex((record) => idOf(record) === 'bad');
        acknowledged.push(...records.slice(0, bad < 0 ? undefined : bad).map(idOf));
        if (bad < 0) {
          return done;
        }
        const itemIdentifier = records[bad]!.dynamodb.SequenceNumber;
        return { ok: true, payload: { batchItemFailures: [{ itemIdentifier }] } };
      },
    },
  );
  for (const id of ['a', 'b', 'bad', 'c', 'd']) {
    await engine.put('poisoned', id);
  }
  await started.start();
  await started.caughtUp();
  expect(acknowledged).toEqual(['a', 'b', 'c', 'd']);
  expect(discarded.map(({ DDBStreamBatchInfo: { batchSize, streamArn: arn } }) => [batchSize, arn])).toEqual([
    [1, streamArn],
  ]);
});

test('items are handled side by side, each in order', async () => {
  const streamArn = await engine.createTable('parallel');
  let inFlight = 0;
  let most = 0;
  const versions = new Map<string, string[]>();
  const { mapping: started } = mapping(
    streamArn,
    { parallelizationFactor: 4, batchSize: 1 },
    {
      handler: async ([record]) => {
        most = Math.max(most, ++inFlight);
        await new Promise((resolve) => setImmediate(resolve));
        inFlight -= 1;
        const version = (record!.dynamodb.NewImage?.version as { N: string }).N;
        versions.set(idOf(record!), [...(versions.get(idOf(record!)) ?? []), version]);
        return done;
      },
    },
  );
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  for (const version of ['1', '2', '3']) {
    for (const id of ids) {
      await engine.put('parallel', id, { version: { N: version } });
    }
  }
  await started.start();
  await started.caughtUp();
  expect([...versions].sort()).toEqual(ids.map((id) => [id, ['1', '2', '3']]));
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(4);
});

test('caught up means handled, after whatever retries that takes', async () => {
  const streamArn = await engine.createTable('awaited');
  let attempts = 0;
  const { mapping: started } = mapping(streamArn, {}, { handler: () => (++attempts < 4 ? error : done) });
  await started.start();
  await engine.put('awaited', 'a');
  await started.caughtUp();
  expect(attempts).toBe(4);
});

test('stop waits for the invocation in flight, and what that handled is not repeated', async () => {
  const streamArn = await engine.createTable('stopped');
  const checkpoints = new MemoryCheckpointStore();
  const entered = gate();
  const leave = gate();
  const handler: Handler = async () => {
    entered.open();
    await leave.opened;
    return done;
  };
  await engine.put('stopped', 'a');
  await engine.put('stopped', 'b');
  const first = mapping(streamArn, { batchSize: 1 }, { checkpoints, handler });
  await first.mapping.start();
  await entered.opened;
  const stopped = first.mapping.stop();
  leave.open();
  await stopped;
  expect(first.batches).toEqual([['a']]);
  await expect(first.mapping.caughtUp()).rejects.toThrow(/not running/);

  const second = mapping(streamArn, {}, { checkpoints });
  await second.mapping.start();
  await second.mapping.caughtUp();
  expect(second.batches).toEqual([['b']]);
});

test('stop does not wait for ever, and what ends too late is delivered again', async () => {
  const streamArn = await engine.createTable('hung');
  const checkpoints = new MemoryCheckpointStore();
  const entered = gate();
  const leave = gate();
  const handler: Handler = async () => {
    entered.open();
    await leave.opened;
    return done;
  };
  await engine.put('hung', 'a');
  const first = mapping(streamArn, {}, { checkpoints, handler, stopGraceMs: 10 });
  await first.mapping.start();
  await entered.opened;
  const caughtUp = expect(first.mapping.caughtUp()).rejects.toThrow(/not running/);
  await first.mapping.stop();
  await caughtUp;
  leave.open();

  const second = mapping(streamArn, {}, { checkpoints });
  await second.mapping.start();
  await second.mapping.caughtUp();
  expect(second.batches).toEqual([['a']]);
});

test('an engine that goes away is waited for, told of once, and nothing is lost', async () => {
  const streamArn = await engine.createTable('outage');
  const noticed = gate();
  const lines: string[] = [];
  const log = (line: string): void => {
    lines.push(line);
    if (line.includes('cannot be read')) {
      noticed.open();
    }
  };
  const { mapping: started, batches } = mapping(streamArn, {}, { log });
  await started.start();
  await engine.put('outage', 'before');
  await started.caughtUp();
  await engine.down();
  await noticed.opened;
  await engine.up();
  await engine.put('outage', 'after');
  await started.caughtUp();
  expect(batches).toEqual([['before'], ['after']]);
  expect(lines).toEqual([
    expect.stringMatching(/^Shard .* cannot be read, trying again: /),
    expect.stringMatching(/^Shard .* is read again\.$/),
  ]);
});
