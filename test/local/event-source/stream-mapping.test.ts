import { type StreamMappingDefinition } from '../../../local/event-source/definition';
import { MemoryCheckpointStore } from '../../../local/event-source/checkpoint-store';
import { StreamMapping } from '../../../local/event-source/stream-mapping';
import { TestEngine } from './engine';

let engine: TestEngine;
beforeAll(async () => void (engine = await TestEngine.start()));
afterAll(() => engine.stop());

const mappingOf = (streamArn: string, changes: Partial<StreamMappingDefinition> = {}): StreamMappingDefinition => ({
  id: 'mapping',
  streamArn,
  batchSize: 10,
  maximumBatchingWindowSeconds: 0,
  startingPosition: 'TRIM_HORIZON',
  parallelizationFactor: 1,
  maximumRetryAttempts: -1,
  maximumRecordAgeSeconds: -1,
  bisectBatchOnFunctionError: false,
  reportBatchItemFailures: false,
  filterPatterns: [],
  ...changes,
});

test('what is in the stream reaches the function once, also over a restart', async () => {
  const streamArn = await engine.createTable('restarted');
  const seen: string[] = [];
  const dependencies = {
    streams: engine.streams,
    checkpoints: new MemoryCheckpointStore(),
    invoke: async (payload: unknown) => {
      const { Records } = payload as { Records: { dynamodb: { Keys: { id: { S: string } } } }[] };
      seen.push(...Records.map(record => record.dynamodb.Keys.id.S));
      return { ok: true as const, payload: null };
    },
  };
  for (const id of ['a', 'b', 'c']) {
    await engine.put('restarted', id);
    const mapping = new StreamMapping(mappingOf(streamArn), dependencies);
    await mapping.start();
    await mapping.caughtUp();
    await mapping.stop();
  }
  expect(seen).toEqual(['a', 'b', 'c']);
});
