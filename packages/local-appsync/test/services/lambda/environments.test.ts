import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { eventually } from '../../support/eventually';
import { runs } from '../../support/processes';
import { FIXTURES, functionOf, stopAll } from './functions';

afterEach(stopAll);

interface Count {
  pid: number;
  invocations: number;
  atOnce: number;
}

function countOf(result: unknown): Count {
  return (result as { payload: Count }).payload;
}

test('an environment is used again', async () => {
  const lambda = functionOf('index.counts');
  const first = countOf(await lambda.invoke({}));
  expect(countOf(await lambda.invoke({}))).toEqual({ ...first, invocations: 2 });
});

test('an environment serves one invocation at a time; more of them are started up to the bound', async () => {
  const lambda = functionOf('index.counts', {}, { maxConcurrency: 2 });
  const counts = (await Promise.all(Array.from({ length: 6 }, () => lambda.invoke({ ms: 5 })))).map(countOf);
  expect(counts.map((count) => count.atOnce)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(new Set(counts.map((count) => count.pid)).size).toBe(2);
});

test('one that hangs holds nobody else: who waits long gets another', async () => {
  const lambda = functionOf('index.counts', { timeoutSeconds: 600 }, { maxConcurrency: 1, stuckMs: 20 });
  const hanging = lambda.invoke({ ms: 600_000 });
  expect(countOf(await lambda.invoke({})).invocations).toBe(1);
  await lambda.stop();
  await hanging;
});

test('what has grown shrinks again', async () => {
  const lambda = functionOf('index.counts', {}, { maxConcurrency: 1, stuckMs: 1 });
  const three = await Promise.all([1, 2, 3].map(() => lambda.invoke({ ms: 300 })));
  expect(new Set(three.map((result) => countOf(result).pid)).size).toBeGreaterThan(1);
  const { pid } = countOf(await lambda.invoke({}));
  const ended = three.map((result) => countOf(result).pid).filter((other) => other !== pid);
  await eventually(
    () => ended.some(runs),
    (some) => !some,
  );
});

test('those who wait get a new environment when one dies', async () => {
  const lambda = functionOf('index.ends', {}, { maxConcurrency: 1 });
  const results = await Promise.all([lambda.invoke({ exit: 1 }), lambda.invoke({}), lambda.invoke({})]);
  expect(results.map((result) => result.ok)).toEqual([false, true, true]);
});

test('stop ends what runs and what waits, and leaves no process', async () => {
  const lambda = functionOf('index.counts', {}, { maxConcurrency: 1 });
  const { pid } = countOf(await lambda.invoke({}));
  const running = lambda.invoke({ ms: 60_000 });
  const waiting = lambda.invoke({});
  const refused = expect(waiting).rejects.toMatchObject({ name: 'FunctionStoppedError' });

  await lambda.stop();
  await refused;
  expect(await running).toMatchObject({ ok: false, errorType: 'Runtime.ExitError' });
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  await expect(lambda.invoke({})).rejects.toMatchObject({ name: 'FunctionStoppedError' });
});

describe('no environment outlives a parent that is killed', () => {
  let server: Server;
  let parent: ChildProcess;
  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    parent.kill('SIGKILL');
    server.close();
  });

  test.each([
    ['waits', false],
    ['never gives back the event loop', true],
  ])('while its handler %s', async (_, spin) => {
    const { port } = server.address() as { port: number };
    const script = join(FIXTURES, 'parent.ts');
    parent = spawn(process.execPath, ['--import', 'tsx', script, String(port), String(spin)], { stdio: 'ignore' });
    const [socket] = (await once(server, 'connection')) as [Socket];
    await once(socket, 'data');

    parent.kill('SIGKILL');
    // The connection is the process's: it is closed, or reset, when that is gone.
    const closed = new Promise<void>((resolve) => socket.on('error', () => undefined).on('close', () => resolve()));
    await expect(closed).resolves.toBeUndefined();
  });
});
