import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openDataFolder } from '../../src/system/data-folder';
import { eventually } from '../support/eventually';
import { post } from '../support/post';
import { RunningSystem, spawnSystem, type StartOptions } from '../support/running-system';

const folder = mkdtempSync(join(tmpdir(), 'lifecycle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a function counts afterwards. */
const SIGN = 'mutation { sign(guest: "ann", words: "hello") { id } }';
const VISITS = '{ visits(guest: "ann") }';

interface Process {
  pid: string;
  parent: string;
}

/** What runs now. A process that has ended and waits for somebody to ask how does not. */
function running(): Process[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/) as [string, string, string])
    .filter(([, , state]) => !state.startsWith('Z'))
    .map(([pid, parent]) => ({ pid, parent }));
}

/** The system's process and all that it started. */
function processesOf(system: RunningSystem): string[] {
  const family = new Set([String(system.process.pid)]);
  for (let size = 0; size < family.size;) {
    size = family.size;
    running()
      .filter(({ parent }) => family.has(parent))
      .forEach(({ pid }) => family.add(pid));
  }
  return [...family];
}

function gone(pids: string[]) {
  return eventually(
    () => running().filter(({ pid }) => pids.includes(pid)),
    (left) => left.length === 0,
    3000,
  );
}

/** Runs a system that is not to come up: its exit code, and what it said. */
async function refused(options: StartOptions & { flags?: string[] }): Promise<{ code: number; said: string }> {
  const child = spawnSystem(options);
  const [said, [code]] = await Promise.all([text(child.stderr!), once(child, 'exit') as Promise<[number]>]);
  return { code, said };
}

describe.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s', (signal) => {
  test('ends everything with exit code 0 within 3 s, and frees the port', async () => {
    const system = await RunningSystem.start();
    // The function's process is there only once it has been called.
    await post(system.graphqlUrl, SIGN);
    await eventually(
      () => post(system.graphqlUrl, VISITS),
      ({ data }) => data.visits === 1,
    );
    const family = processesOf(system);
    expect(family.length).toBeGreaterThan(2);

    const exited = once(system.process, 'exit');
    const asked = Date.now();
    system.process.kill(signal);
    system.process.kill(signal);
    expect(await exited).toEqual([0, null]);
    expect(Date.now() - asked).toBeLessThan(3000);
    await gone(family);

    const again = createServer().listen(Number(new URL(system.url).port), '127.0.0.1');
    await once(again, 'listening');
    again.close();
  });
});

test('a signal during the start ends it, too', async () => {
  const data = join(folder, 'early');
  const child = spawnSystem({ data });
  await eventually(
    () => readdirSync(folder),
    (names) => names.includes('early'),
  );
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  (await openDataFolder(data, 0)).release();
});

test('kill -9 of the main process alone leaves nothing behind', async () => {
  const system = await RunningSystem.start();
  const family = processesOf(system);
  expect(family.length).toBeGreaterThan(1);
  process.kill(system.process.pid!, 'SIGKILL');
  await gone(family);
});

test('an engine that dies takes the system with it, with a word', async () => {
  const system = await RunningSystem.start();
  const exited = once(system.process, 'exit');
  execFileSync('pkill', ['-KILL', '-f', 'dynoxide serve', '--parent', String(system.process.pid)]);
  expect(await exited).toEqual([1, null]);
  expect(system.output.join('\n')).toMatch(/dynoxide/);
});

test('health tells when the whole loop answers', async () => {
  const system = await RunningSystem.start();
  const response = await fetch(`${system.url}/health`);
  expect([response.status, await response.json()]).toEqual([200, { ready: true }]);
  await system.stop();
});

test('a restart right after kill -9 is not refused', async () => {
  const data = join(folder, 'killed');
  const first = await RunningSystem.start({ data });
  await post(first.graphqlUrl, SIGN);
  first.process.kill('SIGKILL');
  const second = await RunningSystem.start({ data });
  expect((await post(second.graphqlUrl, VISITS)).data).toEqual({ visits: 1 });
  await second.stop();
});

test('what was written is there after a restart on the same folder', async () => {
  const data = join(folder, 'kept');
  const first = await RunningSystem.start({ data });
  await post(first.graphqlUrl, SIGN);
  await first.stop();
  const second = await RunningSystem.start({ data });
  // Ready means caught up: what the first one had not counted yet is counted, without waiting.
  expect((await post(second.graphqlUrl, VISITS)).data).toEqual({ visits: 1 });
  await second.stop();
});

describe('what keeps a system from starting is told in one line, with exit code 1', () => {
  test('a port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { code, said } = await refused({ port });
    expect([code, said]).toEqual([
      1,
      `Port ${port} is taken. Stop what listens there, or choose another with --port.\n`,
    ]);
    taken.close();
  });

  test('a data folder that cannot be written', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const { code, said } = await refused({ data: join(file, 'data') });
    expect(code).toBe(1);
    expect(said).toMatch(/^Can't write to .*file\/data: .*\. Choose another folder with --data\.\n$/);
  });

  test('a data folder that another system uses', async () => {
    const data = join(folder, 'shared');
    const system = await RunningSystem.start({ data });
    const { code, said } = await refused({ data });
    expect(code).toBe(1);
    expect(said).toBe(`${data} is in use by another system. Stop that one, or choose another folder with --data.\n`);
    await system.stop();
  });

  test('an assembly that is not there', async () => {
    const { code, said } = await refused({ assembly: join(folder, 'nowhere') });
    expect(code).toBe(1);
    expect(said).toMatch(/^.*nowhere holds no manifest\.json\. Point --assembly at .*\n$/);
  });

  test('a folder that is no CDK app', async () => {
    const { code, said } = await refused({ assembly: null, cwd: folder });
    expect(code).toBe(1);
    expect(said).toBe(
      `There is no ${join(folder, 'cdk.json')}. Start in the folder of a CDK app, or name an assembly.\n`,
    );
  });

  test.each([
    ['an unknown flag', ['--nonsense'], /unknown option '--nonsense'/],
    [
      'a port that is no number',
      ['--port', 'http'],
      /--port.* 'http' is invalid\. It takes a number from 0 to 65535\./,
    ],
    [
      'an unknown engine',
      ['--engine', 'mysql'],
      /--engine.* 'mysql' is invalid\. Allowed choices are dynoxide, dynamodb-local\./,
    ],
  ])('%s, with where to look after it', async (_, flags, message) => {
    const { code, said } = await refused({ flags });
    expect(code).toBe(1);
    const [first, second] = said.split('\n');
    expect(first).toMatch(message);
    expect(second).toBe('See --help.');
  });
});
