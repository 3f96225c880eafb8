import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openDataFolder, openTemporaryFolder } from '../../src/system/data-folder';

const directory = mkdtempSync(join(tmpdir(), 'data-folder-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let folders = 0;

function newFolder() {
  return join(directory, `${(folders += 1)}`);
}

/** Linux's own tool makes a process namespace, if this user may have one. */
const NAMESPACE = ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--kill-child'];
const hasNamespaces = spawnSync(NAMESPACE[0]!, [...NAMESPACE.slice(1), 'true']).status === 0;

/** A process that wants the folder. */
class Contender {
  private readonly lines: NodeJS.AsyncIterator<string>;

  private constructor(private readonly process: ChildProcess) {
    this.lines = createInterface(process.stdout!)[Symbol.asyncIterator]();
  }

  static async start(folder: string, within: string[] = []): Promise<Contender> {
    const script = join(__dirname, 'support', 'contender.ts');
    const [command, ...args] = [...within, process.execPath, '--import', 'tsx', script, folder];
    const contender = new Contender(spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] }));
    started.push(contender);
    await contender.lines.next();
    return contender;
  }

  async ask(command: 'try' | 'insist' | 'release'): Promise<string> {
    this.process.stdin!.write(`${command}\n`);
    return (await this.lines.next()).value as string;
  }

  /** SIGKILL, without waiting for its effect. */
  kill(): void {
    this.process.kill('SIGKILL');
  }

  async end(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.kill();
      await once(this.process, 'exit');
    }
  }
}

const started: Contender[] = [];
afterAll(() => Promise.all(started.map((each) => each.end())));

/** ROUNDS=1000 asks for a long race. Every so many rounds the owner is killed instead of giving the folder back. */
const ROUNDS = Number(process.env.ROUNDS ?? 100);
const KILL_EVERY = Number(process.env.KILL_EVERY ?? 25);

async function race(): Promise<void> {
  const folder = newFolder();
  let pair = await Promise.all([Contender.start(folder), Contender.start(folder)]);
  for (let round = 1; round <= ROUNDS; round++) {
    const answers = await Promise.all(pair.map((each) => each.ask('try')));
    expect([round, ...[...answers].sort()]).toEqual([round, 'owner', 'refused']);
    const owner = pair[answers.indexOf('owner')]!;
    const other = pair[answers.indexOf('refused')]!;
    if (round % KILL_EVERY === 0) {
      owner.kill();
      expect([round, await other.ask('insist')]).toEqual([round, 'owner']);
      await other.end();
      pair = await Promise.all([Contender.start(folder), Contender.start(folder)]);
    } else {
      await owner.ask('release');
    }
  }
}

test(
  `of two systems that race for a folder one gets it, ${ROUNDS} times, whether the last owner stopped or was killed`,
  race,
  120_000 + ROUNDS * 1000,
);

test('a lock file that names a running process, as a reused or a dead one would, keeps nobody out', async () => {
  const folder = newFolder();
  mkdirSync(folder);
  writeFileSync(join(folder, 'lock'), String(process.ppid));
  (await openDataFolder(folder, 0)).release();
});

test('a copy of a folder in use is free', async () => {
  const [folder, copy] = [newFolder(), newFolder()];
  const original = await openDataFolder(folder);
  cpSync(folder, copy, { recursive: true });
  (await openDataFolder(copy, 0)).release();
  original.release();
});

test('two systems of one process do not share a folder, and a refused one deletes nothing', async () => {
  const folder = newFolder();
  const first = await openDataFolder(folder);
  mkdirSync(first.scratch);
  await expect(openDataFolder(folder, 0)).rejects.toThrow(
    `${folder} is in use by another system. Stop that one, or choose another folder with --data.`,
  );
  expect(existsSync(first.scratch)).toBe(true);
  first.release();
  const second = await openDataFolder(folder, 0);
  expect(existsSync(second.scratch)).toBe(false);
  second.release();
});

const inNamespaces = hasNamespaces ? test : test.skip;
inNamespaces(
  `two process namespaces that see one folder do not share it${hasNamespaces ? '' : ' (skipped: unshare is not allowed here)'}`,
  async () => {
    const folder = newFolder();
    const [first, second] = await Promise.all([Contender.start(folder, NAMESPACE), Contender.start(folder, NAMESPACE)]);
    expect(await first.ask('try')).toBe('owner');
    expect(await second.ask('try')).toBe('refused');
    await first.ask('release');
    expect(await second.ask('try')).toBe('owner');
  },
);

test('a temporary folder is gone when it is released', () => {
  const folder = openTemporaryFolder();
  folder.folder('made');
  folder.release();
  expect(existsSync(folder.root)).toBe(false);
});
