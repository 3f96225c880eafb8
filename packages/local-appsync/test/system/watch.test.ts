import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventually } from '../support/eventually';
import { post } from '../support/post';
import { FrameClient } from '../services/appsync/support/frame-client';
import { GUESTBOOK } from '../support/guestbook';
import { RunningSystem } from '../support/running-system';

const KEY = { 'x-api-key': 'da2-local' };
/** Where what the guestbook imports is installed. */
const NODE_MODULES = join(dirname(require.resolve('aws-cdk-lib/package.json')), '..');

/** After the schema has been changed. */
interface Later {
  greeting: string;
  entries: { stars: number | null }[];
}

interface Entry {
  guest: string;
  words: string;
}

describe('a system that follows its sources', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watch-guestbook-'));
  const cwd = join(folder, 'app');
  let system: RunningSystem;
  beforeAll(async () => {
    cpSync(GUESTBOOK, cwd, { recursive: true });
    symlinkSync(NODE_MODULES, join(cwd, 'node_modules'));
    system = await RunningSystem.start({ assembly: null, cwd, data: join(folder, 'data'), flags: ['--watch'] });
  });
  afterAll(async () => {
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async <T>(query: string) => {
    const { data, errors } = await post<T>(system.graphqlUrl, query);
    expect(errors).toBeUndefined();
    return data;
  };
  const words = async () => (await run<{ entries: Entry[] }>('{ entries(guest: "ann") { words } }')).entries[0]!.words;
  const edit = (name: string, from: string, to: string) => {
    const text = readFileSync(join(cwd, name), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(cwd, name), text.replace(from, to));
  };
  const told = (pattern: RegExp, count = 1) =>
    eventually(
      () => system.output.filter((line) => pattern.test(line)).length,
      (seen) => seen >= count,
    );

  test('takes changes of resolvers, schema and functions, tells of broken ones, keeps data and sockets', async () => {
    await run('mutation { sign(guest: "ann", words: "hello") { id } }');
    const client = await FrameClient.connect(system.graphqlUrl, KEY);
    await client.subscribe('1', 'subscription { waved(guest: "ann") { guest words } }', {}, KEY);
    await run('mutation { wave(guest: "ann") { id guest words } }');

    // A resolver; the data is that of before.
    expect(await words()).toBe('HELLO');
    edit('resolvers/shout.js', 'entry.words.toUpperCase()', 'entry.words.toUpperCase() + "!"');
    await eventually(words, (now) => now === 'HELLO!');
    await told(/^Reloaded in \d+\.\d s$/);

    // A broken schema: told in one block, and what ran before goes on.
    edit('schema.graphql', 'type Entry {', 'type Entry');
    await told(/^┌ Not reloaded; what ran before goes on\.$/);
    await told(/^└$/);
    expect(await words()).toBe('HELLO!');

    // Put right, with a field more; a function's code in the same breath.
    edit('app.ts', "'Welcome to '", "'Come in to '");
    edit('schema.graphql', 'type Entry', 'type Entry {\n  stars: Int');
    await eventually(
      () => post<Later | null>(system.graphqlUrl, '{ entries(guest: "ann") { words stars } greeting(guest: "bob") }'),
      ({ data }) => data?.greeting === 'Come in to The Inn, bob!' && data.entries[0]!.stars === null,
    );
    await told(/^Reloaded/, 2);

    // A resolver that AppSync's type check would refuse, and put right.
    edit('resolvers/wave.js', 'util.autoId()', 'util.autoIdd()');
    await told(/^│ +code\.js:2:\d+: TS2551: /);
    edit('resolvers/wave.js', 'util.autoIdd()', 'util.autoId()');
    await told(/^Reloaded/, 3);

    // The socket and its subscription have been there all the time.
    edit('resolvers/wave.js', '👋', '🖐');
    await told(/^Reloaded/, 4);
    await run('mutation { wave(guest: "ann") { id guest words } }');
    const waves = [await client.next(), await client.next()].map(({ payload }) => payload?.data);
    expect(waves).toEqual(['👋', '🖐'].map((words) => ({ waved: { guest: 'ann', words } })));
    client.close();

    // The stream's mapping goes on where it was.
    await run('mutation { sign(guest: "ann", words: "again") { id } }');
    await eventually(
      () => run<{ visits: number }>('{ visits(guest: "ann") }'),
      ({ visits }) => visits === 2,
    );
  });
});

test('--trace json follows each request on stderr; without it nothing is followed', async () => {
  const query = 'query Mine { visits(guest: "none") }';
  const traced = await RunningSystem.start({ flags: ['--trace', 'json'] });
  await post(traced.graphqlUrl, query);
  await traced.stop();
  const lines = traced.output.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as unknown);
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ logType: 'BeginRequest', operationName: 'Mine' }),
      expect.objectContaining({ logType: 'DataSourceInvocation', path: ['visits'] }),
      expect.objectContaining({ logType: 'RequestSummary', data: { visits: 0 } }),
    ]),
  );

  const silent = await RunningSystem.start();
  await post(silent.graphqlUrl, query);
  await silent.stop();
  expect(silent.output.join('\n')).not.toMatch(/Mine|logType/);
});
