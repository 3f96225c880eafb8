import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CREATE, post, UPDATE } from '../support/http';
import { Heard } from '../support/subscriber';
import { RunningSystem } from '../support/system';
import type { Kind, Told } from './follower';

/** A process with a client that follows a ticket, and the list of all. */
class Follower {
  readonly heard = new Heard<Told>();
  private readonly child: ChildProcess;

  constructor(kind: Kind, url: string, id: string) {
    const file = join(__dirname, 'follower.ts');
    this.child = spawn('node', ['--import', 'tsx', file, kind, url, id], { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface(this.child.stdout!).on('line', (line) => this.heard.add(JSON.parse(line) as Told));
  }

  get versions(): number[] {
    return this.heard.all.flatMap((told) => (told.what === 'ticket' ? [told.version] : []));
  }

  get list(): string[] {
    return this.heard.all.flatMap((told) => (told.what === 'list' ? [`${told.id}/${told.version}`] : []));
  }

  count(status: string): number {
    return this.heard.all.filter((told) => told.what === 'status' && told.status === status).length;
  }

  async until(holds: () => boolean): Promise<void> {
    if (!holds()) {
      await this.heard.until(holds);
    }
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}

describe('clients that follow tickets over restarts and kills of the server', () => {
  const data = mkdtempSync(join(tmpdir(), 'catch-up-'));
  const kinds: Kind[] = ['amplify', 'apollo4', 'apollo3'];
  const followers = new Map<Kind, Follower>();
  let system: RunningSystem;
  let version = 0;
  const write = async (times: number) => {
    for (let i = 0; i < times; i += 1) {
      const [query, input] =
        version === 0 ? [CREATE, { id: 'T', title: 'T' }] : [UPDATE, { id: 'T', title: `Change ${version}` }];
      const { errors } = await post(system.graphqlUrl, query, { input });
      expect(errors).toBeUndefined();
      version += 1;
    }
  };
  beforeAll(async () => {
    system = await RunningSystem.start({ data });
    await write(3);
    for (const kind of kinds) {
      followers.set(kind, new Follower(kind, system.graphqlUrl, 'T'));
    }
    await Promise.all(
      [...followers.values()].map((follower) =>
        follower.until(() => follower.versions.length >= 3 && follower.count('live') >= 2),
      ),
    );
    await write(2);
    // Ends in the middle of things, and is away for some changes that only another port hears of.
    const port = Number(new URL(system.url).port);
    await system.killGroup();
    system = await RunningSystem.start({ data });
    await write(4);
    await post(system.graphqlUrl, CREATE, { input: { id: 'meanwhile', title: 'Unheard' } });
    await system.stop();
    system = await RunningSystem.start({ data, port });
    await write(3);
  });
  afterAll(async () => {
    await Promise.all([...followers.values()].map((follower) => follower.stop()));
    await system?.stop();
    rmSync(data, { recursive: true });
  });

  test.each([
    ['Amplify 6', 'amplify'],
    ['Apollo Client 4 with the AppSync link 4', 'apollo4'],
    ['Apollo Client 3 with the AppSync link 3', 'apollo3'],
  ] as const)(
    '%s mutates, hears of each version once and in order, and in its list of what it missed',
    async (_, kind) => {
      const follower = followers.get(kind)!;
      await follower.until(() => follower.versions.at(-1) === version && follower.list.includes('meanwhile/1'));
      expect(follower.versions).toEqual(Array.from({ length: version }, (_, i) => i + 1));
      await follower.until(() => follower.list.includes(`T/${version}`));
      expect(follower.list).toContain(`by-${kind}/1`);
      expect(new Set(follower.list).size).toBe(follower.list.length);
      const versions = follower.list.filter((told) => told.startsWith('T/')).map((told) => Number(told.slice(2)));
      expect(versions).toEqual([...versions].sort((a, b) => a - b));
    },
  );
});
