import { JsonTracer } from '../../../src/services/appsync/trace/json';
import { semanticsOf, type SemanticsName } from '../../../src/appsync-js/quirks/semantics';
import { testApi, value } from './support/api';

const sdl = `
  type Query { find(text: String, limit: Int! = 20, filter: Filter, tags: [String], all: [Filter!]): AWSJSON }
  type Mutation { put(input: Filter!): AWSJSON }
  type Subscription { wait(text: String): AWSJSON @aws_subscribe(mutations: ["put"]) }
  input Filter { name: String  order: Order = DESC  near: Near  within: [Near!] }
  input Near { place: String  metres: Int = 100 }
  enum Order { ASC DESC }
`;

/** What a resolver gets as its arguments, in one of the semantics. */
async function given(query: string, variables: object = {}, name: SemanticsName = 'appsync', what = 'ctx.args') {
  const resolvers = { 'Query.find': value(what), 'Mutation.put': value(what) };
  const { run } = testApi({ sdl, resolvers, semantics: semanticsOf(name) });
  const { data, errors } = await run(query, variables as Record<string, unknown>);
  expect(errors).toBeUndefined();
  return JSON.parse(Object.values(data!)[0] as string) as unknown;
}

describe('A variable that is declared but not sent', () => {
  const cases: [string, string, unknown, unknown][] = [
    ['as an argument', 'query ($a: String) { find(text: $a) }', { text: null }, {}],
    [
      'in an input object',
      'query ($a: String) { find(filter: { name: $a, near: { place: $a, metres: 1 } }) }',
      { filter: { name: null, near: { place: null, metres: 1 } } },
      { filter: { near: { metres: 1 }, order: 'DESC' } },
    ],
    ['in a list', 'query ($a: String) { find(tags: ["x", $a]) }', { tags: ['x', null] }, { tags: ['x', null] }],
    [
      'within a list',
      'query ($a: String) { find(all: [{ name: $a, order: ASC }]) }',
      { all: [{ name: null, order: 'ASC' }] },
      { all: [{ order: 'ASC' }] },
    ],
  ];

  test.each(cases)('%s is null on AppSync', async (_where, query, reported) => {
    expect(await given(query)).toEqual(reported);
    expect(await given(query, {}, 'strictest')).toEqual(reported);
  });

  test.each(cases)('%s is what GraphQL makes of it in ecmascript', async (_where, query, _reported, plain) => {
    expect(await given(query, {}, 'ecmascript')).toEqual({ limit: 20, ...(plain as object) });
  });

  test('has the default of its operation, if there is one', async () => {
    expect(await given('query ($a: String = "x", $n: Int = 5) { find(text: $a, limit: $n) }')).toEqual({
      text: 'x',
      limit: 5,
    });
  });

  test('is not among the variables of ctx.info', async () => {
    const query = 'query ($a: String, $b: String) { find(text: $a, tags: [$b]) }';
    expect(await given(query, { b: 'y' }, 'appsync', 'ctx.info.variables')).toEqual({ b: 'y' });
  });

  test('tells nothing from a variable that is sent as null', async () => {
    const query = 'mutation ($a: String) { put(input: { name: $a }) }';
    expect(await given(query)).toEqual(await given(query, { a: null }));
  });
});

describe('A default of the schema', () => {
  const near = { place: 'here' };
  test.each([
    ['of an argument', '{ find }', {}, {}, { limit: 20 }],
    [
      'of an input field in the document',
      '{ find(filter: { near: { place: "here" } }, limit: 1) }',
      {},
      { filter: { near }, limit: 1 },
      { filter: { near: { ...near, metres: 100 }, order: 'DESC' }, limit: 1 },
    ],
    [
      'of an input field in a variable',
      'query ($f: Filter) { find(filter: $f, limit: 1) }',
      { f: { near, within: [near] } },
      { filter: { near, within: [near] }, limit: 1 },
      {
        filter: { near: { ...near, metres: 100 }, within: [{ ...near, metres: 100 }], order: 'DESC' },
        limit: 1,
      },
    ],
    [
      'of an input field where one item is sent for a list',
      'query ($f: Filter) { find(filter: $f, limit: 1) }',
      { f: { within: near } },
      { filter: { within: [near] }, limit: 1 },
      { filter: { within: [{ ...near, metres: 100 }], order: 'DESC' }, limit: 1 },
    ],
    [
      'of an input field in the default of a variable',
      'query ($f: Filter = { name: "x" }) { find(filter: $f, limit: 1) }',
      {},
      { filter: { name: 'x' }, limit: 1 },
      { filter: { name: 'x', order: 'DESC' }, limit: 1 },
    ],
  ])('%s stays in the schema, but for ecmascript', async (_where, query, variables, reported, plain) => {
    expect(await given(query, variables)).toEqual(reported);
    expect(await given(query, variables, 'ecmascript')).toEqual(plain);
  });

  test('leaves ctx.info.variables as they were sent', async () => {
    const query = 'query ($f: Filter) { find(filter: $f) }';
    expect(await given(query, { f: { near } }, 'appsync', 'ctx.info.variables')).toEqual({ f: { near } });
  });

  test('makes an argument optional all the same, and shows in the introspection', async () => {
    const { run } = testApi({ sdl });
    const { data } = await run('{ __type(name: "Query") { fields { args { name defaultValue } } } }');
    expect(JSON.stringify(data)).toContain('{"name":"limit","defaultValue":"20"}');
  });
});

test('What made a difference to an argument is in the trace', async () => {
  let written = '';
  const { run } = testApi({
    sdl,
    resolvers: { 'Query.find': value('1') },
    tracer: new JsonTracer((text) => (written += text)),
  });
  await run('query ($a: String) { find(filter: { name: $a, order: ASC }) }');
  const lines = written
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { logType: string; quirks?: unknown });
  expect(lines.filter(({ quirks }) => quirks)).toMatchObject([
    {
      quirks: [
        { id: 'P7', argument: 'limit' },
        { id: 'A2', argument: 'filter.name' },
      ],
    },
  ]);
});

test('The arguments that filter a subscription stay as the client gave them', async () => {
  const resolvers = { 'Mutation.put': value("{ text: 'any' }") };
  const { api, run } = testApi({ sdl, resolvers });
  const heard: unknown[] = [];
  const query = 'subscription ($a: String) { wait(text: $a) }';
  const subscription = await api.subscribe({ query, variables: {} }, { mode: 'API_KEY' } as never, {});
  if (Array.isArray(subscription)) {
    throw new Error(JSON.stringify(subscription));
  }
  subscription.begin({ deliver: (change) => heard.push(change), end: () => {} });
  await run('mutation { put(input: {}) }');
  expect(heard).toHaveLength(1);
});
