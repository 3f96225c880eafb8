import { getIntrospectionQuery } from 'graphql';
import type { DataSource } from '../../../src/appsync-js/data-source';
import { testApi, value } from './support/api';

const sdl = 'type Query { a: AWSJSON  b: AWSJSON  list: [Item] } type Item { x: Int  inner: Item }';

/** A data source that never answers. */
const asleep: DataSource = { name: 'Asleep', type: 'AMAZON_DYNAMODB', execute: () => new Promise(() => undefined) };

describe('A request that takes too long', () => {
  const limits = { requestMs: 30 };

  test('tells the response handler that its data source timed out', async () => {
    const { run } = testApi({
      sdl,
      limits,
      resolvers: { 'Query.a': { dataSource: asleep, response: 'return ctx.error;' } },
    });
    const { data, errors } = await run('{ a }');
    expect(errors).toBeUndefined();
    expect(JSON.parse(data!.a as string)).toEqual({
      type: 'DynamoDB:ExecutionTimeoutException',
      message: 'Execution timed out.',
    });
  });

  test('has fields with an error where resolvers would have begun after its end, and keeps the others', async () => {
    const { run } = testApi({
      sdl,
      limits,
      resolvers: {
        'Query.a': value('1'),
        'Query.list': { dataSource: asleep, response: 'return [{ x: 1 }];' },
        'Item.inner': value('{ x: 2 }'),
      },
    });
    const { data, errors } = await run('{ a list { x inner { x } } }');
    expect(data).toEqual({ a: '1', list: [{ x: 1, inner: null }] });
    expect(errors).toMatchObject([
      { path: ['list', 0, 'inner'], errorType: 'ExecutionTimeout', message: 'Execution timed out.' },
    ]);
  });

  test('leaves no timer behind when it ends in time', async () => {
    const { run } = testApi({ sdl, resolvers: { 'Query.a': value('1') } });
    const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    await run('{ a }');
    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout')).toHaveLength(before);
  });
});

describe('The number of resolvers of a request', () => {
  const resolvers = { 'Query.list': value('[{ x: 1 }, { x: 2 }, { x: 3 }]'), 'Item.inner': value('{ x: 9 }') };
  const query = '{ list { inner { x } } }';

  test('is counted for each item of a list', async () => {
    const { run } = testApi({ sdl, resolvers, limits: { resolversPerRequest: 4 } });
    expect((await run(query)).errors).toBeUndefined();
  });

  test('ends those beyond the limit with an error, and keeps the others', async () => {
    const { run } = testApi({ sdl, resolvers, limits: { resolversPerRequest: 3 } });
    const { data, errors } = await run(query);
    expect(data).toEqual({ list: [{ inner: { x: 9 } }, { inner: { x: 9 } }, { inner: null }] });
    expect(errors).toMatchObject([{ path: ['list', 2, 'inner'], errorType: 'ResolverExecutionLimitReached' }]);
  });
});

describe('An evaluated request or response', () => {
  const of = (bytes: number) => `'${'é'.repeat(bytes / 2)}'`;

  test.each(['request', 'response'] as const)('of a %s over the limit ends the resolver', async (handler) => {
    const evaluated = (bytes: number) => {
      const text = handler === 'request' ? `return { payload: ${of(bytes)} };` : `return ${of(bytes)};`;
      return testApi({ sdl, limits: { evaluatedBytes: 100 }, resolvers: { 'Query.a': { [handler]: text } } }).run(
        '{ a }',
      );
    };
    expect((await evaluated(80)).errors).toBeUndefined();
    expect((await evaluated(120)).errors).toMatchObject([
      { errorType: 'MappingTemplate', message: expect.stringContaining(`The evaluated ${handler} has 1`) },
    ]);
  });

  test('may have five megabytes', async () => {
    const grown = (bytes: number) => {
      // The quotation marks of JSON count.
      const execute = () => Promise.resolve({ result: 'x'.repeat(bytes - 2) });
      const resolvers = { 'Query.a': { dataSource: { name: 'Large', type: 'AWS_LAMBDA' as const, execute } } };
      return testApi({ sdl, resolvers }).run('{ a }');
    };
    expect((await grown(5 * 1024 * 1024)).errors).toBeUndefined();
    expect((await grown(5 * 1024 * 1024 + 1)).errors).toMatchObject([{ errorType: 'MappingTemplate' }]);
  });
});

describe('The depth of a query', () => {
  const ask = (maxDepth: number, query: string) =>
    testApi({ sdl, queries: { maxDepth }, resolvers: { 'Query.list': value('[]') } }).run(query);

  test.each([
    [3, '{ list { inner { x } } }', false],
    [2, '{ list { inner { x } } }', true],
    [2, '{ list { ...Deep } } fragment Deep on Item { inner { x } }', true],
    [1, '{ list { __typename } }', true],
    [0, '{ list { inner { inner { inner { x } } } } }', false],
  ])('of at most %d: %s', async (maxDepth, query, refused) => {
    const { errors } = await ask(maxDepth, query);
    expect(errors?.map(({ errorType }) => errorType)).toEqual(refused ? ['QueryDepthLimitReached'] : undefined);
  });
});

describe('An operation', () => {
  const ask = (query: string) => testApi({ sdl, resolvers: { 'Query.list': value('[]') } }).run(query);
  const doubling = Array.from(
    { length: 40 },
    (_, n) => `fragment F${n} on Item { a: inner { ...F${n + 1} } b: inner { ...F${n + 1} } }`,
  );

  test('whose fragments make millions of fields is refused without counting them', async () => {
    const { errors } = await ask(`{ list { ...F0 } } ${doubling.join(' ')} fragment F40 on Item { x }`);
    expect(errors).toMatchObject([
      { errorType: 'BadRequestException', message: expect.stringContaining('100000 fields') },
    ]);
  });

  test('may have thousands', async () => {
    const { data, errors } = await ask(
      `{ list { ...F30 } } ${doubling.slice(30).join(' ')} fragment F40 on Item { x }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ list: [] });
  });

  test('may ask for all of the schema, but not again and again', async () => {
    const [operation, ...fragments] = getIntrospectionQuery().split(/(?=fragment)/);
    const fields = operation!.slice(operation!.indexOf('{') + 1, operation!.lastIndexOf('}'));
    const times = (count: number) =>
      `{ ${Array.from({ length: count }, (_, n) => fields.replace('__schema', `a${n}: __schema`)).join(' ')} } ${fragments.join(' ')}`;
    expect((await ask(times(2))).errors).toBeUndefined();
    expect((await ask(times(10))).errors).toMatchObject([{ message: expect.stringContaining('of the schema') }]);
  });
});

describe('Introspection', () => {
  const ask = (introspection: boolean, query: string) => testApi({ sdl, queries: { introspection } }).run(query);

  test('is open unless the API disables it', async () => {
    expect((await ask(true, '{ __schema { queryType { name } } }')).data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    });
    expect((await ask(false, '{ __schema { queryType { name } } }')).data).toBeNull();
    expect((await ask(false, '{ __typename }')).data).toEqual({ __typename: 'Query' });
  });
});
