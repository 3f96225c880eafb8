import { type ApiText, testApi, value } from './support/api';

const sdl = `
  type Query { thing: Thing  required: Thing!  list: [Thing!]  numbers: [Int]  when: AWSDateTime  colour: Colour }
  type Thing { id: ID!  name: String  inner: Inner }
  type Inner { a: Int  b: Int }
  enum Colour { RED }
`;

function api(resolvers: ApiText['resolvers']) {
  return testApi({ sdl, resolvers });
}

function located(column: number) {
  return [{ line: 1, column, sourceName: null }];
}

describe('An entry of errors', () => {
  const DATA = "{ id: 'x', name: 'n', inner: { a: 1, b: 2 } }";
  const RAISED: [what: string, handler: string, entry: Record<string, unknown>][] = [
    ['util.error with a message alone', `util.error('no');`, { data: null, errorType: null, errorInfo: null }],
    ['util.error with a type', `util.error('no', 'Bad');`, { data: null, errorType: 'Bad', errorInfo: null }],
    [
      'util.error with data and info',
      `util.error('no', 'Bad', ${DATA}, { rule: 'r' });`,
      { data: { key: 'x', inner: { a: 1 } }, errorType: 'Bad', errorInfo: { rule: 'r' } },
    ],
    [
      'util.error with a list as data',
      `util.error('no', 'Bad', [${DATA}]);`,
      { data: [{ key: 'x', inner: { a: 1 } }], errorType: 'Bad', errorInfo: null },
    ],
    [
      'util.unauthorized',
      'util.unauthorized();',
      { data: null, errorType: 'Unauthorized', errorInfo: null, message: 'Unauthorized' },
    ],
  ];
  const QUERY = '{ thing { key: id ...More } } fragment More on Thing { inner { a } }';

  test.each(RAISED)(
    'of %s has AppSync’s keys in its order, and data cut down to the selection',
    async (_, raise, entry) => {
      for (const handler of ['request', 'response']) {
        const { data, errors } = await api({ 'Query.thing': { [handler]: raise } }).run(QUERY);
        expect(data).toEqual({ thing: null });
        expect(errors).toEqual([{ path: ['thing'], locations: located(3), message: 'no', ...entry }]);
        expect(Object.keys(errors![0]!)).toEqual(['path', 'data', 'errorType', 'errorInfo', 'locations', 'message']);
      }
    },
  );

  test('of util.appendError stands beside the value', async () => {
    const append = `util.appendError('careful', 'Warning', ${DATA}, { n: 1 }); return ${DATA};`;
    const { data, errors } = await api({ 'Query.thing': { response: append } }).run(QUERY);
    expect(data).toEqual({ thing: { key: 'x', inner: { a: 1 } } });
    expect(errors).toEqual([
      {
        path: ['thing'],
        data: { key: 'x', inner: { a: 1 } },
        errorType: 'Warning',
        errorInfo: { n: 1 },
        locations: located(3),
        message: 'careful',
      },
    ]);
  });

  test('that was appended comes before the error that ends the resolver', async () => {
    const { errors } = await api({
      'Query.thing': {
        request: `util.appendError('first'); return { payload: 1 };`,
        response: `util.error('second');`,
      },
    }).run(QUERY);
    expect(errors!.map(({ message }) => message)).toEqual(['first', 'second']);
  });

  const FAULTS: [code: string, message: RegExp | string][] = [
    ['const a = null;\nreturn a.b;', /^code\.js:4:\d+: TypeError: .*null/],
    ['return ctx.nothing.at.all;', /^code\.js:3:\d+: TypeError: /],
    ['return util.noSuchHelper();', /^code\.js:3:\d+: TypeError: /],
  ];
  test.each(FAULTS)('of a fault in the code %j is of type Code with line and column', async (request, message) => {
    const { data, errors } = await api({ 'Query.thing': { request } }).run('{ thing { id } }');
    expect(data).toEqual({ thing: null });
    expect(errors).toMatchObject([{ path: ['thing'], errorType: 'Code', errorInfo: null, data: null }]);
    expect(errors![0]!.message).toMatch(message);
  });

  test('of a malformed request is raised at once, and the response handler does not run', async () => {
    const { errors } = await api({ 'Query.thing': { request: 'return null;', response: `util.error('ran');` } }).run(
      '{ thing { id } }',
    );
    expect(errors).toMatchObject([
      { errorType: 'MappingTemplate', message: 'Template transformation yielded an empty response.' },
    ]);
  });

  test('of a fault of the runtime tells no details; the log has them', async () => {
    const { run, logged } = api({
      'Query.thing': {
        dataSource: { name: 'D', type: 'AWS_LAMBDA', execute: () => Promise.reject(new Error('a secret path')) },
      },
    });
    const { errors } = await run('{ thing { id } }');
    expect(errors).toMatchObject([{ path: ['thing'], errorType: 'InternalFailure' }]);
    expect(JSON.stringify(errors)).not.toContain('secret');
    expect(logged.join('\n')).toContain('a secret path');
  });
});

describe('A value that does not fit its type', () => {
  const MISFITS: [field: string, value: string, path: (string | number)[], message: string][] = [
    [
      'required { id }',
      'null',
      ['required'],
      "Cannot return null for non-nullable type: 'Thing' within parent 'Query' (/required)",
    ],
    [
      'thing { id }',
      '{ name: "n" }',
      ['thing', 'id'],
      "Cannot return null for non-nullable type: 'ID' within parent 'Thing' (/thing/id)",
    ],
    [
      'list { id }',
      '[{ id: 1 }, {}]',
      ['list', 1, 'id'],
      "Cannot return null for non-nullable type: 'ID' within parent 'Thing' (/list[1]/id)",
    ],
    ['list { id }', '{ id: 1 }', ['list'], "Can't resolve value (/list) : type mismatch error, expected type LIST"],
    ['thing { name }', '"text"', ['thing'], "Can't resolve value (/thing) : type mismatch error, expected type OBJECT"],
    [
      'thing { name }',
      '[{ id: 1 }]',
      ['thing'],
      "Can't resolve value (/thing) : type mismatch error, expected type OBJECT",
    ],
  ];
  test.each(MISFITS)('%s of %s is an error in AppSync’s words', async (field, given, path, message) => {
    const [name] = field.split(' ') as [string];
    const { errors } = await api({ [`Query.${name}`]: value(given) }).run(`{ ${field} }`);
    expect(errors).toEqual([{ path, locations: null, message }]);
  });

  test.each([
    ['numbers', '[1, "two"]', ['numbers', 1]],
    ['when', '"yesterday"', ['when']],
    ['colour', '"BLUE"', ['colour']],
  ])('%s of %s can’t be serialized', async (field, given, path) => {
    const { data, errors } = await api({ [`Query.${field}`]: value(given) }).run(`{ ${field} }`);
    expect(errors).toMatchObject([{ path, locations: null }]);
    expect(errors![0]!.message).toMatch(new RegExp(`^Can't serialize value \\(/${field}(\\[1\\])?\\) : `));
    expect(data).toEqual({ [field]: field === 'numbers' ? [1, null] : null });
  });
});

describe('A document', () => {
  test.each([
    ['names a field that is not there', '{ nothing }'],
    ['lacks a selection', '{ thing }'],
    ['misuses a type', '{ thing { id(a: 1) } }'],
  ])('that %s is answered with data null, a null path and a place', async (_, query) => {
    const answer = await api({}).run(query);
    expect(answer.data).toBeNull();
    expect(answer.errors!.length).toBeGreaterThan(0);
    for (const { path, locations, message, ...more } of answer.errors!) {
      expect(path).toBeNull();
      expect(locations).toEqual([{ line: 1, column: expect.any(Number) as number, sourceName: null }]);
      expect(message).not.toBe('');
      expect(more).toEqual({});
    }
  });

  test('with variables that do not fit is answered likewise', async () => {
    const { run } = testApi({ sdl: 'type Query { a(n: Int!): Int }' });
    const { data, errors } = await run('query ($n: Int!) { a(n: $n) }', { n: 'x' });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: null, locations: [{ line: 1, column: 8, sourceName: null }] }]);
  });

  test('with several operations needs a name', async () => {
    const { api: graphql } = testApi({ sdl, resolvers: { 'Query.numbers': value('[1]') } });
    const ask = (operationName?: string, query = 'query A { numbers } query B { n: numbers }') =>
      graphql.run({ query, operationName }, { mode: 'API_KEY', identity: null, groups: [], deniedFields: [] }, {});
    expect((await ask('B')).data).toEqual({ n: [1] });
    expect((await ask('C')).errors).toMatchObject([{ path: null, message: expect.stringContaining('C') as string }]);
    expect((await ask()).errors).toHaveLength(1);
    // An empty name counts as absent.
    expect((await ask('')).errors).toEqual((await ask()).errors);
    expect((await ask('', 'query A { numbers }')).data).toEqual({ numbers: [1] });
  });

  test.each([['{'], ['thing'], ['{ thing { id }'], ['']])('that is none, such as %j, is malformed', async (query) => {
    await expect(api({}).run(query)).rejects.toMatchObject({
      status: 400,
      errorType: 'MalformedHttpRequestException',
      message: 'Unable to parse GraphQL query.',
    });
  });

  test('whose fragments multiply is answered without delay', async () => {
    const fragments = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Thing { ...F${i + 1} ...F${i + 1} }`);
    const { run } = api({ 'Query.thing': value("{ id: 'x' }") });
    const { data } = await run(`{ thing { ...F0 } } ${fragments.join(' ')} fragment F40 on Thing { id }`);
    expect(data).toEqual({ thing: { id: 'x' } });
  });

  test('that nests by the thousands is refused, not fatal', async () => {
    const { run } = testApi({ sdl: 'type Query { a: Query }' });
    await expect(run('{ a '.repeat(20_000) + '}'.repeat(20_000))).rejects.toMatchObject({ status: 400 });
  });
});
