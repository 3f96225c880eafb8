import type { Subscription } from '../../../src/services/appsync/realtime/subscriptions';
import type { Caller } from '../../../src/services/appsync/auth/types';
import { anybody, type ApiText, type TestApi, testApi } from './support/api';

const sdl = `
  type Query { a: Int }
  type Mutation {
    change(id: ID!, status: Status, note: String, big: Int, meta: AWSJSON): Change
    other(id: ID!): Change
    invalidate(subscriptionField: String, payload: AWSJSON, times: Int): Change
    animal: Animal
  }
  type Change @aws_api_key @aws_iam {
    id: ID!  status: Status  note: String  count: Int  meta: AWSJSON  inner: Inner
    resolved: String  secret: String @aws_iam
  }
  type Inner @aws_api_key @aws_iam { a: Int  b: Int  page: Int! }
  enum Status { OPEN CLOSED }
  interface Animal { name: String }
  type Cat implements Animal @aws_api_key { name: String  lives: Int }
  type Subscription {
    onChange(id: ID, status: Status, note: String): Change @aws_subscribe(mutations: ["change", "other"])
    onOther(id: ID): Change @aws_subscribe(mutations: ["other"])
    guarded(id: ID, mode: String): Change @aws_subscribe(mutations: ["change"])
    shared: Change @aws_subscribe(mutations: ["change"]) @aws_api_key @aws_iam
    onAnimal: Animal @aws_subscribe(mutations: ["animal"])
  }
`;
const ECHO = `return { ...ctx.args, count: 1, inner: { a: 1, b: 2 }, secret: 's' };`;
const GUARD = `
  const { mode, id } = ctx.args;
  if (mode === 'error') util.error('Not you', 'Refused');
  if (mode === 'unauthorized') util.unauthorized();
  if (mode === 'append') util.appendError('Not quite', 'Doubtful');
  if (mode === 'fault') { const none = null; none.field; }
  if (mode === 'filter') extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: 'note', operator: 'beginsWith', value: 'x' }] }] });
  if (mode === 'null') extensions.setSubscriptionFilter(null);
  if (mode === 'invalid') extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: 'note', operator: 'like', value: 'x' }] }] });
  if (mode === 'converted') extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ note: { beginsWith: 'x', eq: 'y' }, status: { eq: 'OPEN' } }));
  if (mode === 'invalidated') extensions.setSubscriptionInvalidationFilter({ filterGroup: [{ filters: [{ fieldName: 'user', operator: 'eq', value: id }] }] });
  return null;`;
const resolvers: ApiText['resolvers'] = {
  'Mutation.change': { response: ECHO },
  'Mutation.other': { response: ECHO },
  'Mutation.animal': { response: "return { __typename: 'Cat', name: 'Tom', lives: 9 };" },
  'Mutation.invalidate': {
    response: `
      const { subscriptionField, payload, times } = ctx.args;
      if (times) { ['1', '2', '3', '4', '5', '6', '6'].slice(0, times).forEach((user) => { extensions.invalidateSubscriptions({ subscriptionField, payload: { user } }); }); }
      else extensions.invalidateSubscriptions({ subscriptionField, payload });
      return null;`,
  },
  'Change.resolved': { response: "return 'by its resolver';" },
  'Subscription.guarded': { response: GUARD },
};

function make() {
  return testApi({ sdl, resolvers, modes: ['API_KEY', 'AWS_IAM'] });
}

const iam: Caller = { ...anybody, mode: 'AWS_IAM', identity: {} };

interface Listening {
  heard: { data: unknown; errors?: { message: string }[] }[];
  ended: number;
  subscription: Subscription;
}

async function prepare({ api }: TestApi, query: string, variables: Record<string, unknown> = {}, caller = anybody) {
  return api.subscribe({ query, variables }, caller, {});
}

async function listen(to: TestApi, query: string, variables: Record<string, unknown> = {}, caller = anybody) {
  const subscription = await prepare(to, query, variables, caller);
  if (Array.isArray(subscription)) {
    throw new Error(JSON.stringify(subscription));
  }
  const listening: Listening = { heard: [], ended: 0, subscription };
  subscription.begin({ deliver: (payload) => listening.heard.push(payload), end: () => (listening.ended += 1) });
  return listening;
}

const CHANGE = `mutation ($id: ID!, $status: Status, $note: String) {
  change(id: $id, status: $status, note: $note) { id status note }
}`;

describe('A subscription', () => {
  test('hears of the mutations that its field names, and of no others', async () => {
    const api = make();
    const [both, one] = [
      await listen(api, 'subscription { onChange { id } }'),
      await listen(api, 'subscription { onOther { id } }'),
    ];
    await api.run('mutation { change(id: 1) { id } }');
    await api.run('mutation { other(id: 2) { id } }');
    expect(both.heard).toEqual([{ data: { onChange: { id: '1' } } }, { data: { onChange: { id: '2' } } }]);
    expect(one.heard).toEqual([{ data: { onOther: { id: '2' } } }]);
  });

  test('hears nothing before it is begun and after it is stopped', async () => {
    const api = make();
    const subscription = (await prepare(api, 'subscription { onChange { id } }')) as Subscription;
    const heard: unknown[] = [];
    await api.run('mutation { change(id: 1) { id } }');
    subscription.begin({ deliver: (payload) => heard.push(payload), end: () => undefined });
    await api.run('mutation { change(id: 2) { id } }');
    subscription.stop();
    await api.run('mutation { change(id: 3) { id } }');
    expect(heard).toEqual([{ data: { onChange: { id: '2' } } }]);
  });

  test('gets its own selection of what the mutation selected; the rest is null, and no resolver runs', async () => {
    const api = make();
    const { heard } = await listen(api, 'subscription { onChange { key: id count note inner { a b } resolved } }');
    await api.run('mutation { change(id: 1, note: "n") { id note inner { b } } }');
    await api.run('mutation { change(id: 2) { id n: count resolved } }');
    expect(heard.map(({ data }) => data)).toEqual([
      { onChange: { key: '1', count: null, note: 'n', inner: { a: null, b: 2 }, resolved: null } },
      { onChange: { key: '2', count: 1, note: null, inner: null, resolved: 'by its resolver' } },
    ]);
  });

  test('gets an error where the mutation did not select what may not be null', async () => {
    const api = make();
    const { heard } = await listen(api, 'subscription { onChange { id } }');
    await api.run('mutation { change(id: 1) { note } }');
    expect(heard).toMatchObject([{ data: { onChange: null }, errors: [{ path: ['onChange', 'id'] }] }]);
  });

  test('gets JSON and enumerations as the schema has them', async () => {
    const api = make();
    const { heard } = await listen(api, 'subscription { onChange(status: OPEN) { meta status } }');
    await api.run('mutation ($meta: AWSJSON) { change(id: 1, status: OPEN, meta: $meta) { meta status } }', {
      meta: '{"a":[1]}',
    });
    expect(heard).toEqual([{ data: { onChange: { meta: '{"a":[1]}', status: 'OPEN' } } }]);
  });

  test('of an interface is told the type if the mutation selected it', async () => {
    const api = make();
    const { heard } = await listen(api, 'subscription { onAnimal { __typename name ... on Cat { lives } } }');
    await api.run('mutation { animal { __typename name ... on Cat { lives } } }');
    expect(heard).toEqual([{ data: { onAnimal: { __typename: 'Cat', name: 'Tom', lives: 9 } } }]);
  });

  test('gets no field that its caller may not read', async () => {
    const api = make();
    const query = 'subscription { onChange { id secret } }';
    const { heard } = await listen(api, query);
    await expect(listen(api, query, {}, iam)).rejects.toThrow('Not Authorized to access onChange on type Subscription');
    await api.run('mutation { change(id: 1) { id secret } }', {}, anybody);
    expect(heard).toMatchObject([
      {
        data: { onChange: { id: '1', secret: null } },
        errors: [
          {
            errorType: 'Unauthorized',
            path: ['onChange', 'secret'],
            message: 'Not Authorized to access secret on type Change',
          },
        ],
      },
    ]);
  });

  test('shares with others of the same document only what their callers and variables have in common', async () => {
    const api = make();
    const query = 'subscription ($all: Boolean!) { shared { id secret note @include(if: $all) } }';
    const listeners = [
      await listen(api, query, { all: true }),
      await listen(api, query, { all: true }, iam),
      await listen(api, query, { all: false }, iam),
      await listen(api, query, { all: false }, iam),
    ];
    await api.run('mutation { change(id: 1, note: "n") { id secret note } }');
    // What the mutation's caller could not read, no subscriber is told.
    const [key, signed] = [{ shared: { id: '1', secret: null, note: 'n' } }, { shared: { id: '1', secret: null } }];
    expect(listeners.map(({ heard }) => heard[0]!.data)).toEqual([key, key, signed, signed]);
    expect(listeners.map(({ heard }) => heard[0]!.errors?.length ?? 0)).toEqual([1, 0, 0, 0]);
  });

  test('hears of each mutation of a document, and of none that failed', async () => {
    const api = make();
    const { heard } = await listen(api, 'subscription { onChange { id } }');
    await api.run('mutation { a: change(id: 1) { id } b: change(id: 2) { id } invalidate { id } }');
    expect(heard.map(({ data }) => data)).toEqual([{ onChange: { id: '1' } }, { onChange: { id: '2' } }]);
  });

  test('is not told of a change over 240 KB', async () => {
    const api = make();
    const { heard } = await listen(api, 'subscription { onChange { id } }');
    const note = (bytes: number) => 'x'.repeat(bytes - '{"id":"1","status":null,"note":""}'.length);
    const { errors } = await api.run(CHANGE, { id: 1, note: note(240 * 1024 + 1) });
    expect(errors).toBeUndefined();
    expect(heard).toEqual([]);
    await api.run(CHANGE, { id: 1, note: note(240 * 1024) });
    expect(heard).toHaveLength(1);
  });
});

describe('The arguments of a subscription filter', () => {
  const CASES: [subscription: string, variables: Record<string, unknown>, hears: string[]][] = [
    ['subscription { onChange { id } }', {}, ['1', '2', '3']],
    ['subscription { onChange(id: "2") { id } }', {}, ['2']],
    ['subscription { onChange(id: 2) { id } }', {}, ['2']],
    ['subscription ($id: ID) { onChange(id: $id) { id } }', { id: '2' }, ['2']],
    ['subscription ($id: ID) { onChange(id: $id) { id } }', {}, ['1', '2', '3']],
    ['subscription ($id: ID) { onChange(id: $id) { id } }', { id: null }, []],
    ['subscription ($id: ID = "3") { onChange(id: $id) { id } }', {}, ['3']],
    ['subscription { onChange(status: OPEN) { id } }', {}, ['1', '2']],
    ['subscription { onChange(status: OPEN, note: "n") { id } }', {}, ['2']],
    ['subscription { onChange(note: null) { id } }', {}, ['1']],
    ['subscription ($note: String) { onChange(note: $note) { id } }', { note: null }, ['1']],
    ['subscription { onChange(status: CLOSED, note: "n") { id } }', {}, ['3']],
  ];
  test.each(CASES)('%s with %j', async (query, variables, hears) => {
    const api = make();
    const { heard } = await listen(api, query, variables);
    await api.run(CHANGE, { id: 1, status: 'OPEN' });
    await api.run(CHANGE, { id: 2, status: 'OPEN', note: 'n' });
    await api.run(CHANGE, { id: 3, status: 'CLOSED', note: 'n' });
    expect(heard.map(({ data }) => (data as { onChange: { id: string } }).onChange.id)).toEqual(hears);
  });
});

describe('The resolver of a subscription', () => {
  const guarded = (mode: string) => `subscription { guarded(id: "1", mode: "${mode}") { id } }`;

  test.each([
    ['error', { errorType: 'Refused', message: 'Not you' }],
    ['unauthorized', { errorType: 'Unauthorized', message: 'Unauthorized' }],
    ['append', { errorType: 'Doubtful', message: 'Not quite' }],
    ['fault', { errorType: 'Code', message: expect.stringMatching(/^code\.js:\d+:\d+: TypeError/) }],
  ])('may refuse the start by %s', async (mode, error) => {
    expect(await prepare(make(), guarded(mode))).toMatchObject([{ path: ['guarded'], ...error }]);
  });

  test('may set a filter, which takes the place of the arguments', async () => {
    const api = make();
    const { heard } = await listen(api, guarded('filter'));
    await api.run(CHANGE, { id: 1, note: 'y' });
    await api.run(CHANGE, { id: 2, note: 'x' });
    expect(heard).toEqual([{ data: { guarded: { id: '2' } } }]);
  });

  test('may set one that toSubscriptionFilter made', async () => {
    const api = make();
    const { heard } = await listen(api, guarded('converted'));
    await api.run(CHANGE, { id: 1, note: 'xx', status: 'OPEN' });
    await api.run(CHANGE, { id: 2, note: 'y', status: 'OPEN' });
    await api.run(CHANGE, { id: 3, note: 'y', status: 'CLOSED' });
    await api.run(CHANGE, { id: 4, note: 'z', status: 'OPEN' });
    expect(heard.map(({ data }) => (data as { guarded: { id: string } }).guarded.id)).toEqual(['1', '2']);
  });

  test('may set null, and the arguments filter as without it', async () => {
    const api = make();
    const { heard } = await listen(api, 'subscription { guarded(id: "1", mode: "null") { id } }');
    await api.run(CHANGE, { id: 1 });
    // No payload has a field `mode`, which is an argument here.
    expect(heard).toEqual([]);
  });

  test('with a filter that AppSync does not know refuses the start', async () => {
    await expect(prepare(make(), guarded('invalid'))).rejects.toThrow(/operator must be one of/);
  });
});

describe('invalidateSubscriptions', () => {
  const subscription = (id: string) => `subscription { guarded(id: "${id}", mode: "invalidated") { id } }`;
  const invalidate = (api: TestApi, field: string, user: string) =>
    api.run('mutation ($f: String, $p: AWSJSON) { invalidate(subscriptionField: $f, payload: $p) { id } }', {
      f: field,
      p: JSON.stringify({ user }),
    });

  test('ends the subscriptions whose invalidation filter matches, once', async () => {
    const api = make();
    const [one, two] = [await listen(api, subscription('1')), await listen(api, subscription('2'))];
    await invalidate(api, 'guarded', '1');
    await invalidate(api, 'guarded', '1');
    await invalidate(api, 'onChange', '2');
    await invalidate(api, 'nothing', '2');
    expect([one.ended, two.ended]).toEqual([1, 0]);
  });

  test('leaves alone those without such a filter', async () => {
    const api = make();
    const listening = await listen(api, 'subscription { guarded(id: "1") { id } }');
    await invalidate(api, 'guarded', '1');
    expect(listening.ended).toBe(0);
  });

  test('acts on the first five kinds of a request, and the log tells of the others', async () => {
    const api = make();
    const all = await Promise.all(['1', '2', '3', '4', '5', '6'].map((id) => listen(api, subscription(id))));
    await api.run('mutation { invalidate(subscriptionField: "guarded", times: 7) { id } }');
    expect(all.map(({ ended }) => ended)).toEqual([1, 1, 1, 1, 1, 0]);
    expect(api.logged).toEqual([expect.stringContaining('6 kinds')]);
  });
});

test('A query is not served over the realtime endpoint, nor a subscription over HTTP', async () => {
  await expect(prepare(make(), '{ a }')).rejects.toMatchObject({
    errorType: 'UnsupportedOperation',
    message: ' not supported through the realtime channel',
  });
  await expect(make().run('subscription { onChange { id } }')).rejects.toMatchObject({
    status: 400,
    errorType: 'UnsupportedOperation',
  });
});

test('that selects a field which pushes lack, but may not lack, is null; the log names the field, once', async () => {
  const api = make();
  const { heard } = await listen(api, 'subscription { onChange { id inner { a page } } }');
  for (const id of ['1', '2']) {
    await api.run(`mutation { change(id: "${id}") { id inner { a } } }`);
  }
  const message = "Cannot return null for non-nullable type: 'Int' within parent 'Inner' (/onChange/inner/page)";
  expect(heard).toEqual([
    { data: { onChange: { id: '1', inner: null } }, errors: [expect.objectContaining({ message })] },
    { data: { onChange: { id: '2', inner: null } }, errors: [expect.objectContaining({ message })] },
  ]);
  expect(api.logged).toEqual([expect.stringContaining(message)]);
});
