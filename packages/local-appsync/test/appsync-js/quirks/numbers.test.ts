import { actedAt, gave, run } from './support';

const ctx = { result: { n: 5, zero: 0, list: [{ n: 7 }] }, stash: { n: 6 }, arguments: { n: 5, id: '1' } };

/** What JavaScript gives, and what it is if numbers are DynamoDB's. */
const CASES: [string, string, unknown, unknown][] = [
  ['in a template it is "null"', '`${ctx.result.n}`', '5', 'null'],
  ['put to a text it is "null"', "ctx.result.n + '' + ctx.stash.n", '56', 'nullnull'],
  ['joined it is "null"', "[ctx.result.n, 'a'].join('-')", '5-a', 'null-a'],
  ['calculated with it is a number', '`${ctx.result.n + 0}` + (ctx.stash.n - 1)', '55', '55'],
  ['it adds up', 'ctx.result.n + ctx.stash.n', 11, 11],
  ['so does one deep in a list', 'ctx.result.list.map((each) => each.n + 1)', [8], [8]],
  [
    'it compares by < and ==',
    '[ctx.result.n < ctx.stash.n, ctx.result.n == 5, ctx.result.n != ctx.args.n]',
    [true, true, false],
    [true, true, false],
  ],
  [
    'it is === to none',
    '[ctx.result.n === 5, ctx.result.n === ctx.args.n, ctx.result.n !== 5]',
    [true, true, false],
    [false, false, true],
  ],
  ['typeof says number', 'typeof ctx.result.n', 'number', 'number'],
  [
    'it is as true as a number',
    "[ctx.result.zero ? 1 : 2, !ctx.result.zero, ctx.result.zero || 'none', ctx.result.n && 'some']",
    [2, true, 'none', 'some'],
    [2, true, 'none', 'some'],
  ],
  ['also as the answer of a callback', '[1, 2].filter(() => ctx.result.zero)', [], []],
  ['it goes as an index', "['a', 'b'][ctx.result.list.length - ctx.result.n + 5]", 'b', 'b'],
  ['it is an index by itself', "['a', 'b', 'c', 'd', 'e', 'f'][ctx.result.n]", 'f', 'f'],
  [
    'helpers take it',
    'util.dynamodb.toMapValues({ n: ctx.result.n, list: ctx.result.list, s: 1 }).list',
    { L: [{ M: { n: { N: 7 } } }] },
    { L: [{ M: { n: { N: 7 } } }] },
  ],
  [
    'modules take it, and sets stay sets',
    "ddb.put({ key: { id: 'a' }, item: { n: ctx.result.n, s: ddb.toStringSet(['x']), m: 1 } }).attributeValues",
    { n: { N: 5 }, s: { SS: ['x'] }, m: { N: 1 } },
    { n: { N: 5 }, s: { SS: ['x'] }, m: { N: 1 } },
  ],
  [
    'so do Math and Number',
    '[Math.max(ctx.result.n, 1), Number.isFinite(ctx.result.n), Number.isNaN(ctx.result.n)]',
    [5, true, false],
    [5, true, false],
  ],
  ['as a value it is the number', '[ctx.result.n, JSON.stringify(ctx.result.n)]', [5, '5'], [5, '5']],
  ['an argument is a plain number', '[`${ctx.args.n}`, ctx.args.n === 5]', ['5', true], ['5', true]],
];

describe.each(CASES)('A number from DynamoDB: %s', (_what, expression, plain, reported) => {
  test('in strictest', () => {
    expect(gave(run('strictest', { body: `return ${expression};`, ctx }))).toEqual(reported);
  });

  test.each(['ecmascript', 'appsync'] as const)('not so in %s', (mode) => {
    expect(gave(run(mode, { body: `return ${expression};`, ctx }))).toEqual(plain);
  });
});

test('A number that grows stays a number, and a text that grows by one gets "null"', () => {
  const body =
    "let n = ctx.result.n;\nlet s = 'v';\nn += ctx.stash.n;\ns += ctx.result.n;\nctx.stash.n += 1;\nreturn [n, s];";
  const { outcome, stash } = run('strictest', { body, ctx });
  expect(outcome).toMatchObject({ value: [11, 'vnull'] });
  expect(stash).toEqual({ n: 7 });
});

test('A number from the context in a text is told where N1 is not applied, once, and changes nothing', () => {
  const body = [
    'const { n } = ctx.result;',
    'const plain = `${ctx.args.n}${ctx.result.n + 0}${ctx.result.title}`;',
    'return `${n}` + ctx.stash.n + plain;',
  ].join('\n');
  const ran = run('appsync', { body, ctx: { ...ctx, result: { n: 5, title: 't' } } });
  expect(gave(ran)).toBe('5655t');
  expect(ran.quirks).toBeUndefined();
  expect(ran.warned).toEqual([
    expect.stringMatching(/^Query\.thing code\.js:6:11: .*; write \$\{n \+ 0\} \(N1: /),
    expect.stringMatching(/^Query\.thing code\.js:6:17: .*\(N1: /),
  ]);
  expect(run('ecmascript', { body, ctx })).toMatchObject({ warned: [] });
});

test('What becomes "null", and what equals nothing, is told with its place, once', () => {
  const body =
    'const tell = (n) => `version ${n}`;\ntell(ctx.result.n);\ntell(ctx.stash.n);\nreturn ctx.result.n === 5;';
  const ran = run('strictest', { body, ctx });
  expect(actedAt(ran, 'N1')).toEqual(['4:32']);
  expect(actedAt(ran, 'N2')).toEqual(['7:8']);
  expect(ran.warned).toEqual([
    expect.stringMatching(/^Query\.thing code\.js:4:32: .*; write \$\{n \+ 0\} \(N1: /),
    expect.stringMatching(/^Query\.thing code\.js:7:8: .*\(N2: /),
  ]);
});
