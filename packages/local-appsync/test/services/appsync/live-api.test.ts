import type { RunningApi } from '../../../src/services/appsync/build';
import type { DataSource } from '../../../src/appsync-js/data-source';
import { LiveApi } from '../../../src/services/appsync/live-api';
import { anybody, testApi } from './support/api';

function SDL(fields: string) {
  return `
type Thing { id: ID! word: String }
type Query { word: String }
type Mutation { say(id: ID!, word: String): Thing }
type Subscription { ${fields} }
`;
}

const HEARD = 'heard(id: ID): Thing @aws_subscribe(mutations: ["say"])';

/** An API that says its words in its own way; `gate` holds its data source up. */
function apiOf(
  word: string,
  { fields = HEARD, gate = Promise.resolve(), request = 'return { payload: null };' } = {},
): RunningApi {
  const dataSource: DataSource = {
    name: 'slow',
    type: 'NONE',
    execute: async ({ context }) => {
      await gate;
      const { id } = (context as { arguments: { id: string } }).arguments;
      return { result: { id, word } };
    },
  };
  const { api } = testApi({
    sdl: SDL(fields),
    resolvers: {
      'Query.word': { request: `return { payload: '${word}' };` },
      'Mutation.say': { dataSource },
      'Subscription.heard': { request },
    },
  });
  return { api, authenticator: { authenticate: () => Promise.resolve(anybody) } } as unknown as RunningApi;
}

function say(live: LiveApi, id: string) {
  return live.run({ query: `mutation { say(id: "${id}") { id word } }` }, anybody, {});
}

/** What a subscription hears, and whether it was ended. */
async function listen(live: LiveApi, id: string) {
  const heard: unknown[] = [];
  const state = { ended: false };
  const started = await live.subscribe({ query: `subscription { heard(id: "${id}") { word } }` }, anybody, {});
  if (Array.isArray(started)) {
    throw new Error(JSON.stringify(started));
  }
  started.begin({
    deliver: ({ data }: { data?: unknown }) => heard.push((data as { heard: { word: string } }).heard.word),
    end: () => (state.ended = true),
  });
  return { heard, state, stop: () => started.stop() };
}

test('requests are answered by the API of the moment', async () => {
  const live = new LiveApi(apiOf('old'));
  const ask = async () => (await live.run({ query: '{ word }' }, anybody, {})).data;
  expect(await ask()).toEqual({ word: 'old' });
  await live.replace(apiOf('new'));
  expect(await ask()).toEqual({ word: 'new' });
});

test('a subscription hears each change once, before and after', async () => {
  const live = new LiveApi(apiOf('old'));
  const { heard } = await listen(live, 'a');
  await say(live, 'a');
  await live.replace(apiOf('new'));
  await say(live, 'a');
  await say(live, 'b');
  await live.replace(apiOf('newest'));
  await say(live, 'a');
  expect(heard).toEqual(['old', 'new', 'newest']);
});

/** An old API with a mutation under way, and a new one that answers already. */
async function halfway() {
  let open!: () => void;
  const live = new LiveApi(apiOf('old', { gate: new Promise((resolve) => (open = resolve)) }));
  const subscription = await listen(live, 'a');
  const slow = say(live, 'a');
  const state = { replaced: false };
  const replacing = live.replace(apiOf('new')).then(() => (state.replaced = true));
  while ((await live.run({ query: '{ word }' }, anybody, {})).data?.word !== 'new') {}
  const finish = async () => {
    open();
    await slow;
    await replacing;
  };
  return { live, ...subscription, state, finish };
}

test('what a request changes that began before is heard, too, and replacing waits for it', async () => {
  const { live, heard, state, finish } = await halfway();
  await say(live, 'a');
  expect([heard, state.replaced]).toEqual([['new'], false]);
  await finish();
  expect(heard).toEqual(['new', 'old']);
});

test('a subscription that has stopped meanwhile hears of neither', async () => {
  const { live, heard, stop, finish } = await halfway();
  stop();
  await say(live, 'a');
  await finish();
  expect(heard).toEqual([]);
});

test.each<[string, () => RunningApi]>([
  ['field is gone', () => apiOf('new', { fields: 'other: Thing @aws_subscribe(mutations: ["say"])' })],
  ['resolver refuses it now', () => apiOf('new', { request: 'util.unauthorized();' })],
])('a subscription whose %s ends', async (_, next) => {
  const live = new LiveApi(apiOf('old'));
  const { heard, state } = await listen(live, 'a');
  await live.replace(next());
  expect(state.ended).toBe(true);
  await say(live, 'a');
  expect(heard).toEqual([]);
});

test('a subscription that has stopped does not come back', async () => {
  const live = new LiveApi(apiOf('old'));
  const { heard, stop } = await listen(live, 'a');
  stop();
  await live.replace(apiOf('new'));
  await say(live, 'a');
  expect(heard).toEqual([]);
});

test('a subscription that begins while the API changes is in the new one', async () => {
  const live = new LiveApi(apiOf('old'));
  const starting = listen(live, 'a');
  const replacing = live.replace(apiOf('new'));
  const { heard } = await starting;
  await replacing;
  await say(live, 'a');
  expect(heard).toEqual(['new']);
});
