import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { spawnTied } from '../../src/shared/process';
import { runs } from '../support/processes';
import { eventually } from '../support/eventually';

/** A child that has said one line, and that line. */
async function started(script: string) {
  let hear: (line: string) => void;
  const line = new Promise<string>((resolve) => (hear = resolve));
  const child = spawnTied('sh', ['-c', script], { onLine: (text) => hear(text) });
  return { child, line: await line };
}

test('when the parent is killed with -9, its child and grandchild are gone too', async () => {
  const parent = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'support', 'parent.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  const family = line.split(' ').map(Number);
  expect(family.map(runs)).toEqual([true, true]);

  parent.kill('SIGKILL');

  await eventually(
    () => family.filter(runs),
    (left) => left.length === 0,
  );
}, 15_000);

test('stop ends a child by SIGTERM', async () => {
  const { child } = await started('echo ready; exec sleep 600');
  expect(child.running).toBe(true);
  expect(await child.stop()).toEqual({ code: null, signal: 'SIGTERM', how: 'was ended by SIGTERM' });
  expect(child.running).toBe(false);
});

test('stop ends a child that will not hear SIGTERM by SIGKILL, within two seconds', async () => {
  const { child, line: sleeper } = await started('trap "" TERM; sleep 600 & echo $!; wait; wait');
  const begin = Date.now();
  expect(await child.stop()).toMatchObject({ signal: 'SIGKILL' });
  expect(Date.now() - begin).toBeLessThan(2000);
  await eventually(
    () => runs(Number(sleeper)),
    (isRunning) => !isRunning,
  );
});

test('stop may be called twice, and after the end', async () => {
  const { child } = await started('echo ready; exec sleep 600');
  const [first, second] = await Promise.all([child.stop(), child.stop()]);
  expect(second).toEqual(first);
  expect(await child.stop()).toEqual(first);
});

test('a child that ends by itself tells its code, and its last lines from both streams', async () => {
  const child = spawnTied('sh', ['-c', 'echo one; echo two >&2; exit 3']);
  expect(await child.exited).toEqual({ code: 3, signal: null, how: 'ended with code 3' });
  expect([...child.lastLines()].sort()).toEqual(['one', 'two']);
});

test('only the last lines are kept', async () => {
  const child = spawnTied('sh', ['-c', 'i=0; while [ $i -lt 100 ]; do echo $i; i=$((i+1)); done']);
  await child.exited;
  expect(child.lastLines()).toHaveLength(40);
  expect(child.lastLines().at(-1)).toBe('99');
});

test('a command that does not exist ends with what the shell says of it', async () => {
  const child = spawnTied('no-such-command', []);
  expect(await child.exited).toMatchObject({ code: 127 });
  expect(child.lastLines().join()).toContain('no-such-command');
});

test('a folder that does not exist is told as a failed start', async () => {
  const child = spawnTied('true', [], { cwd: '/no/such/folder' });
  expect((await child.exited).how).toMatch(/^could not be started: /);
  expect(await child.stop()).toMatchObject({ code: null });
});

test('arguments and environment arrive as they are', async () => {
  const args = ['two words', '$HOME', "it's", ''];
  const child = spawnTied(process.execPath, ['-p', 'JSON.stringify([process.argv.slice(1), process.env.X])', ...args], {
    env: { ...process.env, X: 'y z' },
  });
  await child.exited;
  expect(JSON.parse(child.lastLines().join(''))).toEqual([args, 'y z']);
});
