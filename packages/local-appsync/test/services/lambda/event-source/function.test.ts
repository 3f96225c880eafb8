import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryCheckpointStore, StreamMapping } from '../../../../src/services/lambda/event-source/stream-mapping';
import { LambdaFunction } from '../../../../src/services/lambda/function';
import { TestEngine } from './engine';
import { mappingOf } from './records';

/** Fails its first invocation, then tells what it was given. */
const CODE = `
  let invocations = 0;
  exports.handler = async event => {
    if (++invocations === 1) throw new Error('not yet');
    console.log(event.Records.map(record => record.dynamodb.Keys.id.S).join(' '));
  };
`;

test('a stream drives a function in a process of its own, through a failure', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'function-'));
  await writeFile(join(directory, 'index.js'), CODE);
  const engine = await TestEngine.start();
  const streamArn = await engine.createTable('things');
  for (const id of ['a', 'b', 'c']) {
    await engine.put('things', id);
  }

  let heard!: (line: string) => void;
  const printed = new Promise<string>((resolve) => (heard = resolve));
  const lambda = new LambdaFunction(
    {
      name: 'prints',
      runtime: 'nodejs20.x',
      handler: 'index.handler',
      directory,
      timeoutSeconds: 10,
      memoryMb: 128,
      environment: {},
    },
    { log: (_, line) => line.startsWith('ERROR') || heard(line) },
  );
  const mapping = new StreamMapping(mappingOf({ streamArn }), {
    streams: engine.streams,
    checkpoints: new MemoryCheckpointStore(),
    invoke: (payload) => lambda.invoke(payload),
    backoff: () => 1,
  });
  await mapping.start();
  await mapping.caughtUp();
  expect(await printed).toBe('a b c');

  await mapping.stop();
  await lambda.stop();
  await engine.stop();
  await rm(directory, { recursive: true });
});
