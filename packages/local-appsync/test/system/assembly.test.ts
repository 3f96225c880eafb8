import { eventually } from '../support/eventually';
import { post } from '../support/post';
import { FrameClient } from '../services/appsync/support/frame-client';
import { RunningSystem } from '../support/running-system';

const KEY = { 'x-api-key': 'da2-local' };

interface Entry {
  id: string;
  guest: string;
  words: string;
}

describe('a CDK app', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await RunningSystem.start();
  });
  afterAll(async () => {
    await system.stop();
  });

  const run = async <T>(query: string) => {
    const { data, errors } = await post<T>(system.graphqlUrl, query);
    expect(errors).toBeUndefined();
    return data;
  };

  test('writes through a unit resolver and reads through a pipeline over an index', async () => {
    await run('mutation { sign(guest: "ann", words: "lovely") { id } }');
    const { entries } = await run<{ entries: Entry[] }>('{ entries(guest: "ann") { guest words } }');
    expect(entries).toEqual([{ guest: 'ann', words: 'LOVELY' }]);
  });

  test('leaves a pipeline early', async () => {
    expect(await run('{ entries(guest: "nobody") { guest } }')).toEqual({ entries: [] });
  });

  test('calls a function through a resolver, with the environment of the API', async () => {
    expect(await run('{ greeting(guest: "bob") }')).toEqual({ greeting: 'Welcome to The Inn, bob!' });
  });

  test('calls a function without a resolver, with the whole context', async () => {
    const { context } = await run<{ context: string }>('{ context }');
    expect(JSON.parse(context)).toEqual({
      field: 'context',
      keys: expect.arrayContaining(['arguments', 'identity', 'source', 'request', 'prev', 'info', 'stash']),
    });
  });

  test('follows a stream into a function that writes to another table', async () => {
    await run('mutation { sign(guest: "cid", words: "one") { id } }');
    await run('mutation { sign(guest: "cid", words: "two") { id } }');
    await eventually(
      () => run<{ visits: number }>('{ visits(guest: "cid") }'),
      ({ visits }) => visits === 2,
    );
  });

  describe('whose resolvers depend on what JavaScript does and AppSync is reported not to do', () => {
    const guests = JSON.stringify(Array.from({ length: 1500 }, () => 'ann'));
    const said = (start: string) =>
      eventually(
        () => system.output.filter((line) => line.startsWith(start)),
        (lines) => lines.length > 0,
      );

    test('names a resolver that tells null from absent at the start, and does not tell them apart', async () => {
      expect(await said('Mutation.amend')).toEqual([
        expect.stringMatching(/^Mutation\.amend code\.js:8:7: words === null does not tell .*; write == null.*\(A1: /),
      ]);
      expect(await run('mutation { null: amend(words: null) absent: amend }')).toEqual({
        null: 'taken back',
        absent: 'taken back',
      });
    });

    test('ends a loop of 1,500 at 1,000, and says so once', async () => {
      const query = `{ seated(guests: ${guests}) }`;
      expect(await run(query)).toEqual({ seated: 1000 });
      expect(await run(query)).toEqual({ seated: 1000 });
      expect(await said('Query.seated')).toEqual([expect.stringMatching(/code\.js:8:3: .*1,000.*\(L1: /)]);
    });

    test('does as JavaScript does with --semantics ecmascript, and says nothing', async () => {
      const plain = await RunningSystem.start({ flags: ['--semantics', 'ecmascript'] });
      const { data } = await post(plain.graphqlUrl, `{ seated(guests: ${guests}) }`);
      const { data: amended } = await post(plain.graphqlUrl, 'mutation { amend }');
      await plain.stop();
      expect([data, amended]).toEqual([{ seated: 1500 }, { amend: 'kept' }]);
      expect(plain.output.join('\n')).not.toContain('code.js');
    });
  });

  test('tells subscribers of what matches their arguments', async () => {
    const client = await FrameClient.connect(system.graphqlUrl, KEY);
    await client.subscribe('1', 'subscription { waved(guest: "eve") { guest words } }', {}, KEY);
    await run('mutation { wave(guest: "dan") { id guest words } }');
    await run('mutation { wave(guest: "eve") { id guest words } }');
    expect((await client.next()).payload?.data).toEqual({ waved: { guest: 'eve', words: '👋' } });
    client.close();
  });
});
