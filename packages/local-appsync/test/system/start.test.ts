import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { guestbookAssembly } from '../support/guestbook';
import { RunningSystem, spawnSystem } from '../support/running-system';
import { runs } from '../support/processes';

const folder = mkdtempSync(join(tmpdir(), 'start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A CDK app that is this shell command. */
function appOf(name: string, app: string): string {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'cdk.json'), JSON.stringify({ app }));
  return cwd;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function appears(file: string) {
  return eventually(
    () => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'),
    (isThere) => isThere,
  );
}

describe('a start that takes its time', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'is ended by %s at once, with the CDK app that it waits for',
    async (signal) => {
      const cwd = appOf(signal, 'echo $$ > pid; sleep 600');
      const child = spawnSystem({ assembly: null, cwd });
      await appears(join(cwd, 'pid'));
      const app = Number(readFileSync(join(cwd, 'pid'), 'utf8'));
      expect(runs(app)).toBe(true);

      const exited = once(child, 'exit');
      const asked = Date.now();
      child.kill(signal);
      expect(await exited).toEqual([0, null]);
      expect(Date.now() - asked).toBeLessThan(3000);
      await eventually(
        () => runs(app),
        (isRunning) => !isRunning,
      );
    },
  );

  test('answers /health and /graphql with 503 until the whole loop answers', async () => {
    const assembly = guestbookAssembly();
    const cwd = appOf('slow', `echo > waits; until [ -e go ]; do sleep 0.02; done; cp -r ${assembly}/. $CDK_OUTDIR`);
    const port = await freePort();
    const starting = RunningSystem.start({ assembly: null, cwd, port });
    await appears(join(cwd, 'waits'));

    const get = async (path: string, method = 'GET') => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
      return { status: response.status, body: await response.json() };
    };
    expect(await get('/health')).toEqual({ status: 503, body: { ready: false } });
    expect(await get('/graphql', 'POST')).toMatchObject({
      status: 503,
      body: { errors: [{ errorType: 'ServiceUnavailableException' }] },
    });
    writeFileSync(join(cwd, 'go'), '');
    const system = await starting;
    expect(await get('/health')).toEqual({ status: 200, body: { ready: true } });
    await system.stop();
  });
});

test('what the CDK app says when it fails is told, with exit code 1', async () => {
  const cwd = appOf('broken', 'echo "what is wrong" >&2; exit 3');
  await expect(RunningSystem.start({ assembly: null, cwd })).rejects.toThrow(
    /exit code 1:\nThe CDK app \(.*\) ended with code 3:\nwhat is wrong$/,
  );
});

test('a cdk.json that is no JSON is told in one line', async () => {
  const cwd = join(folder, 'garbled');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'cdk.json'), '{');
  await expect(RunningSystem.start({ assembly: null, cwd })).rejects.toThrow(
    /exit code 1:\n.*cdk\.json can't be read: .*\.$/,
  );
});

test('--memory leaves no folder behind', async () => {
  const temporary = join(folder, 'temporary');
  mkdirSync(temporary);
  const ours = () => readdirSync(temporary).filter((name) => name.startsWith('local-'));
  const system = await RunningSystem.start({ env: { TMPDIR: temporary } });
  expect(ours()).toHaveLength(1);
  await system.stop();
  expect(ours()).toEqual([]);
});
