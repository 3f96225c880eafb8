import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { SourceWatcher } from '../../src/system/source-watcher';

const roots: string[] = [];
const watchers: SourceWatcher[] = [];

function closeAll() {
  return Promise.all(watchers.splice(0).map((watcher) => watcher.close()));
}

afterEach(closeAll);
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true })));

function temporaryFolder(): string {
  const root = mkdtempSync(join(tmpdir(), 'watch-'));
  roots.push(root);
  return root;
}

/** A watched folder with these folders in it; `next` resolves at the next change that is told. */
async function watched(...folders: string[]) {
  const root = temporaryFolder();
  folders.forEach((folder) => mkdirSync(join(root, folder), { recursive: true }));
  return { root, ...(await watch(root)) };
}

async function watch(root: string) {
  let told = 0;
  let wake: () => void = () => undefined;
  const errors: Error[] = [];
  const changed = () => {
    told += 1;
    wake();
  };
  const watcher = new SourceWatcher(root, [join(root, 'kept')], changed, (error) => errors.push(error));
  watchers.push(watcher);
  await watcher.ready;
  const next = () => new Promise<void>((resolve) => (wake = resolve));
  const write = (name: string, content = '') => writeFileSync(join(root, name), content);
  return { write, next, told: () => told, errors };
}

test.each(['schema.graphql', 'resolvers/a.ts', 'deep/er/b.ts'])('tells of a new file %s', async (name) => {
  const { write, next } = await watched('resolvers', 'deep/er');
  const changed = next();
  write(name, 'x');
  await changed;
});

test('tells of a file that is rewritten, and of one that goes', async () => {
  const root = temporaryFolder();
  writeFileSync(join(root, 'a.ts'), 'x');
  const { write, next } = await watch(root);
  const rewritten = next();
  write('a.ts', 'y');
  await rewritten;
  const gone = next();
  rmSync(join(root, 'a.ts'));
  await gone;
});

test('tells each time that an editor puts a new file in the place of the old', async () => {
  const root = temporaryFolder();
  writeFileSync(join(root, 'a.ts'), 'x');
  const { write, next } = await watch(root);
  for (const text of ['y', 'z']) {
    const changed = next();
    write('a.ts~', text);
    renameSync(join(root, 'a.ts~'), join(root, 'a.ts'));
    await changed;
  }
});

test('many changes at once are one', async () => {
  const { write, next, told } = await watched();
  const changed = next();
  for (let i = 0; i < 50; i++) {
    write(`f${i}`, 'x');
  }
  await changed;
  expect(told()).toBe(1);
});

test('tells of changes in a folder that is new', async () => {
  const { root, write, next } = await watched();
  const made = next();
  mkdirSync(join(root, 'new'));
  await made;
  const changed = next();
  write('new/a.ts', 'x');
  await changed;
});

test('goes on when a folder goes, and when it comes back', async () => {
  const { root, write, next } = await watched('old');
  const gone = next();
  rmSync(join(root, 'old'), { recursive: true });
  await gone;
  const back = next();
  mkdirSync(join(root, 'old'));
  await back;
  const changed = next();
  write('old/a.ts', 'x');
  await changed;
});

test('watches a folder that is a link', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'deep'));
  const link = join(temporaryFolder(), 'link');
  symlinkSync(folder, link);
  const { write, next } = await watch(link);
  const changed = next();
  write('deep/a.ts', 'x');
  await changed;
});

test('is silent about what is no source, and after its end', async () => {
  const root = temporaryFolder();
  for (const folder of ['node_modules/x', 'cdk.out', '.git', '.data', 'kept/deep']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  symlinkSync(temporaryFolder(), join(root, 'link'));
  const { write, next, told } = await watch(root);
  for (const folder of ['node_modules/x', 'node_modules', 'cdk.out', '.git', '.data', 'kept', 'kept/deep', 'link']) {
    write(`${folder}/a`, 'x');
  }
  const changed = next();
  // That nothing comes is only seen by waiting.
  await pause(300);
  expect(told()).toBe(0);
  write('a.ts', 'x');
  await changed;
  await closeAll();
  write('a.ts', 'y');
  await pause(300);
  expect(told()).toBe(1);
});

test('a folder that can not be watched is told of and stops nobody', async () => {
  const { errors } = await watch(join(temporaryFolder(), 'x'.repeat(300)));
  expect(errors).toEqual([expect.objectContaining({ code: 'ENAMETOOLONG' })]);
});

test('leaves nothing open, though it was closed before it was ready', async () => {
  const root = temporaryFolder();
  writeFileSync(join(root, 'a.ts'), 'x');
  const open = () => process.getActiveResourcesInfo().filter((kind) => kind === 'FSEventWrap');
  const { next, write } = await watch(root);
  const changed = next();
  write('a.ts', 'y');
  await changed;
  expect(open().length).toBeGreaterThan(0);

  const errors: Error[] = [];
  const early = new SourceWatcher(
    root,
    [],
    () => undefined,
    (error) => errors.push(error),
  );
  await Promise.all([early.close(), early.ready, closeAll()]);
  // Node closes handles at the end of a turn.
  await nextTurn();
  await nextTurn();
  expect(open()).toEqual([]);
  expect(errors).toEqual([]);
});
