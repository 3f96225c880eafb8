import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SourceWatcher } from '../../src/system/source-watcher';

const roots: string[] = [];
const watchers: SourceWatcher[] = [];
afterEach(() => watchers.splice(0).forEach((watcher) => watcher.close()));
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true })));

/** A watched folder with these folders in it; `next` resolves at the next change that is told. */
function watched(...folders: string[]) {
  const root = mkdtempSync(join(tmpdir(), 'watch-'));
  roots.push(root);
  folders.forEach((folder) => mkdirSync(join(root, folder), { recursive: true }));
  let told = 0;
  let wake: () => void = () => undefined;
  watchers.push(
    new SourceWatcher(root, [join(root, 'kept')], () => {
      told += 1;
      wake();
    }),
  );
  const next = () => new Promise<void>((resolve) => (wake = resolve));
  const write = (name: string, content = '') => writeFileSync(join(root, name), content);
  return { root, write, next, told: () => told };
}

test.each(['schema.graphql', 'resolvers/a.ts', 'deep/er/b.ts'])('tells of a change of %s', async (name) => {
  const { write, next } = watched('resolvers', 'deep/er');
  const changed = next();
  write(name, 'x');
  await changed;
});

test('many changes at once are one', async () => {
  const { write, next, told } = watched();
  const changed = next();
  for (let i = 0; i < 50; i++) {
    write(`f${i}`, 'x');
  }
  await changed;
  expect(told()).toBe(1);
});

test('tells of changes in a folder that is new', async () => {
  const { root, write, next } = watched();
  const made = next();
  mkdirSync(join(root, 'new'));
  await made;
  const changed = next();
  write('new/a.ts', 'x');
  await changed;
});

test('goes on when a folder goes', async () => {
  const { root, write, next } = watched('old');
  const gone = next();
  rmSync(join(root, 'old'), { recursive: true });
  await gone;
  const changed = next();
  write('a.ts', 'x');
  await changed;
});

test('is silent about what is no source, and after its end', async () => {
  const { write, next, told } = watched('node_modules/x', 'cdk.out', '.git', '.data', 'kept/deep');
  for (const folder of ['node_modules/x', 'node_modules', 'cdk.out', '.git', '.data', 'kept', 'kept/deep']) {
    write(`${folder}/a`, 'x');
  }
  const changed = next();
  // That nothing comes is only seen by waiting.
  await pause(300);
  expect(told()).toBe(0);
  write('a.ts', 'x');
  await changed;
  watchers.splice(0).forEach((watcher) => watcher.close());
  write('a.ts', 'y');
  await pause(300);
  expect(told()).toBe(1);
});
