import { anybody, type ApiText, testApi, value } from './support/api';
import type { DataSource, DataSourceCall } from '../../../src/appsync-js/data-source';

const sdl = `
  type Query { thing(id: ID, n: Int = 3): AWSJSON  posts: [Post!]!  post: Post }
  type Mutation { change: AWSJSON }
  type Post { id: ID!  author: Author  title(upper: Boolean): String }
  type Author { name: String }
`;

function api(resolvers: ApiText['resolvers'], more: Partial<ApiText> = {}) {
  return testApi({ sdl, resolvers, ...more });
}

/** What a resolver sees, as the value of its field. */
async function seen(expression: string, query = '{ thing(id: "7") }', more: Partial<ApiText> = {}): Promise<unknown> {
  const { data, errors } = await api(
    { 'Query.thing': value(expression), 'Mutation.change': value(expression) },
    more,
  ).run(query);
  expect(errors).toBeUndefined();
  return JSON.parse(Object.values(data!)[0] as string);
}

describe('The context of a handler', () => {
  test.each([
    ['arguments, without defaults of the schema', 'ctx.arguments', { id: '7' }],
    ['the same arguments as args', 'ctx.args', { id: '7' }],
    ['no identity for an API key', 'ctx.identity', null],
    ['no source for a root field', 'ctx.source', null],
    ['headers without cookies', 'ctx.request', { headers: { 'x-test': 'yes' }, domainName: null }],
    ['an empty stash', 'ctx.stash', {}],
    ['the way of authorization', 'util.authType()', 'API Key Authorization'],
    ['the field', '[ctx.info.parentTypeName, ctx.info.fieldName]', ['Query', 'thing']],
  ])('holds %s', async (_, expression, expected) => {
    expect(await seen(expression)).toEqual(expected);
  });

  test('holds the environment of the API', async () => {
    expect(await seen('ctx.env.TABLE', undefined, { environment: { TABLE: 'things' } })).toBe('things');
  });

  test('holds the variables as they were given', async () => {
    const { run } = api({ 'Query.thing': value('ctx.info.variables') });
    const { data } = await run('query ($id: ID, $n: Int) { thing(id: $id, n: $n) }', { id: 'a' });
    expect(JSON.parse(data!.thing as string)).toEqual({ id: 'a' });
  });

  test('of a nested field holds its source', async () => {
    const { run } = api({
      'Query.post': value("{ id: '1', secret: 's' }"),
      'Post.title': { request: 'return { payload: ctx.source.secret };' },
    });
    expect((await run('{ post { title } }')).data).toEqual({ post: { title: 's' } });
  });

  test('lists the selection as slash paths, aliases in place of names and fragments opened', async () => {
    const listed = { response: "return { id: ctx.info.selectionSetList.join(' ') };" };
    const { run } = api({ 'Query.post': listed });
    const { data } = await run(
      '{ post { id who: author { ...Name } ... on Post { title } } } fragment Name on Author { name }',
    );
    expect(data).toEqual({ post: { id: 'id who who/name title', who: null, title: null } });
  });
});

/** Appends what each handler saw to the stash's list, and answers its own name. */
function tracing(name: string) {
  return {
    request: `ctx.stash.trace = [...(ctx.stash.trace ?? []), ['${name}', ctx.prev ? ctx.prev.result : null]]; return { payload: '${name}' };`,
  };
}

const trace = { response: 'return { trace: ctx.stash.trace, prev: ctx.prev.result, result: ctx.result };' };

describe('A pipeline', () => {
  const run = async (resolver: NonNullable<ApiText['resolvers']>[string]) => {
    const { data, errors } = await api({ 'Query.thing': resolver }).run('{ thing }');
    return { value: data!.thing === null ? null : (JSON.parse(data!.thing as string) as unknown), errors };
  };

  test('hands each step the value of the one before', async () => {
    const { value } = await run({
      request: "ctx.stash.trace = []; return 'before';",
      pipeline: [tracing('one'), tracing('two')],
      ...trace,
    });
    expect(value).toEqual({
      trace: [
        ['one', 'before'],
        ['two', 'one'],
      ],
      prev: 'two',
      result: 'two',
    });
  });

  test('of no handlers of its own is the value of its last function', async () => {
    expect((await run({ direct: true, pipeline: [tracing('one'), tracing('two')] })).value).toBe('two');
  });

  test('ends with the first error, and no later step runs', async () => {
    const { value, errors } = await run({
      pipeline: [{ request: "util.error('stop', 'Stop');" }, { request: "util.error('later');" }],
      response: "util.error('after');",
    });
    expect(value).toBeNull();
    expect(errors!.map(({ message }) => message)).toEqual(['stop']);
  });

  const EARLY: [place: string, handlers: { before?: string; one?: string }, expected: unknown][] = [
    ['before, skips the functions', { before: "runtime.earlyReturn('early');" }, [[], 'early']],
    ['before, to the end', { before: "runtime.earlyReturn('early', { skipTo: 'END' });" }, [[], 'early']],
    ['before, to the next', { before: "runtime.earlyReturn('early', { skipTo: 'NEXT' });" }, [['one', 'two'], 'two']],
    ['in a function, goes on with the next', { one: "runtime.earlyReturn('early');" }, [['two'], 'two']],
    ['in a function, to the next', { one: "runtime.earlyReturn('early', { skipTo: 'NEXT' });" }, [['two'], 'two']],
    ['in a function, to the end', { one: "runtime.earlyReturn('early', { skipTo: 'END' });" }, [[], 'early']],
  ];
  test.each(EARLY)('with an early return %s', async (_, { before, one }, expected) => {
    const { value } = await run({
      request: `ctx.stash.trace = []; ${before ?? 'return {};'}`,
      pipeline: [one === undefined ? tracing('one') : { request: one }, tracing('two')],
      response: 'return [ctx.stash.trace.map((step) => step[0]), ctx.prev.result];',
    });
    expect(value).toEqual(expected);
  });

  test('keeps the stash of a step whose data source failed, and lets its response handler decide', async () => {
    const { value } = await run({
      request: 'ctx.stash.kept = 1; return {};',
      pipeline: [{ dataSource: failing('Lambda:Unhandled', 'boom'), response: 'return ctx.error;' }],
      response: 'return [ctx.stash, ctx.prev.result];',
    });
    expect(value).toEqual([{ kept: 1 }, { type: 'Lambda:Unhandled', message: 'boom' }]);
  });
});

test('A unit resolver that returns early runs neither its data source nor its response handler', async () => {
  const dataSource = recording();
  const { run } = api({
    'Query.thing': { request: 'runtime.earlyReturn({ early: true });', response: "util.error('ran');", dataSource },
  });
  expect((await run('{ thing }')).data).toEqual({ thing: '{"early":true}' });
  expect(dataSource.calls).toEqual([]);
});

describe('A resolver without code', () => {
  test('hands its data source the context, and answers what comes back', async () => {
    const dataSource = recording((call) => ({ result: call.context.arguments }));
    const { run } = api({ 'Query.thing': { direct: true, dataSource } });
    expect((await run('{ thing(id: "7") }')).data).toEqual({ thing: '{"id":"7"}' });
    expect(dataSource.calls).toMatchObject([
      { request: undefined, resolver: 'Query.thing', context: { source: null } },
    ]);
  });

  test('ends with the error of its data source', async () => {
    const { run } = api({ 'Query.thing': { direct: true, dataSource: failing('Lambda:Unhandled', 'boom') } });
    expect((await run('{ thing }')).errors).toMatchObject([
      { path: ['thing'], errorType: 'Lambda:Unhandled', message: 'boom' },
    ]);
  });
});

describe('A data source that fails', () => {
  const dataSource = failing('DynamoDB:ConditionalCheckFailedException', 'The conditional request failed', { v: 1 });

  test('is no error of the field unless the response handler makes it one', async () => {
    const { run } = api({ 'Query.thing': { dataSource, response: 'return ctx.result;' } });
    const { data, errors } = await run('{ thing }');
    expect(errors).toBeUndefined();
    expect(data).toEqual({ thing: '{"v":1}' });
  });

  test('is one with its type, message and result when the handler raises it', async () => {
    const raise = 'if (ctx.error) util.error(ctx.error.message, ctx.error.type, ctx.result);';
    const { run } = api({ 'Query.thing': { dataSource, response: raise } });
    const [error] = (await run('{ thing }')).errors!;
    expect(error).toMatchObject({
      errorType: 'DynamoDB:ConditionalCheckFailedException',
      message: 'The conditional request failed',
      data: { v: 1 },
    });
  });
});

describe('Response headers', () => {
  test('of all resolvers of a request come together', async () => {
    const { api: graphql } = api({
      'Query.thing': { response: "util.http.addResponseHeader('x-a', 'one'); return 1;" },
      'Query.post': { response: "util.http.addResponseHeaders({ 'x-b': 'two' }); return { id: '1' };" },
    });
    const { headers } = await graphql.run({ query: '{ thing post { id } }' }, anybody, {});
    expect(headers).toEqual({ 'x-a': 'one', 'x-b': 'two' });
  });
});

type Recording = DataSource & { calls: DataSourceCall[] };

function recording(answer: (call: DataSourceCall) => { result: unknown } = () => ({ result: null })): Recording {
  const calls: DataSourceCall[] = [];
  return {
    name: 'Recording',
    type: 'AWS_LAMBDA',
    calls,
    execute: (call) => {
      calls.push(structuredClone(call));
      return Promise.resolve(answer(call));
    },
  };
}

function failing(type: string, message: string, result: unknown = null): DataSource {
  return { name: 'Failing', type: 'AWS_LAMBDA', execute: () => Promise.resolve({ result, error: { type, message } }) };
}
