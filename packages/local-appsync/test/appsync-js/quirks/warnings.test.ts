import { places, run, warningsOf, type Handler } from './support';

/** Code, with the places that are named when it is loaded; bodies begin in line 4. */
const CASES: [string, Handler, string[]][] = [
  [
    'null and undefined, told apart',
    { body: 'const { x } = ctx.args;\nreturn [x === null, undefined !== x, x === void 0];' },
    ['A1 5:9', 'A1 5:21', 'A1 5:38'],
  ],
  [
    'both asked for',
    {
      body: 'const { x } = ctx.args;\nreturn [x === null || x === undefined, x != null, x !== undefined && x !== null];',
    },
    [],
  ],
  [
    'both asked for among others',
    { body: 'const { x } = ctx.args;\nreturn x === null || ctx.stash.a || x === undefined;' },
    [],
  ],
  [
    'one of another thing asked for beside it',
    { body: 'const { x, y } = ctx.args;\nreturn x === null || y === undefined;' },
    ['A1 5:8', 'A1 5:22'],
  ],
  ['what a search found', { body: 'const found = [1].find((n) => n > 1);\nreturn found === undefined;' }, []],
  ['what is always there', { body: "return [typeof ctx.args.x === 'string', `${ctx.args.x}` === null];" }, []],
  ['a case for null', { body: 'switch (ctx.args.x) { case null: return 1; default: return 2; }' }, ['A1 4:28']],
  ['cases for both', { body: 'switch (ctx.args.x) { case null: case undefined: return 1; default: return 2; }' }, []],
  ['whether an argument was given', { body: "return Object.hasOwn(ctx.args.input, 'x');" }, ['A2 4:8']],
  ['whether something else has a key', { body: "return Object.hasOwn(ctx.stash, 'x');" }, []],
  ['an error on the right of ??', { body: "return ctx.args.x ?? util.error('No');" }, ['A3 4:8']],
  [
    'an error in a function on the right of ??',
    {
      body: 'return ctx.args.x ?? refuse();',
      beside: "function refuse() { return fail('No'); }\nfunction fail(m) { return util.error(m); }",
    },
    ['A3 4:8'],
  ],
  [
    'a write to the stash on the right of ??',
    { body: 'return ctx.args.x ?? keep(ctx);', beside: 'function keep(c) { c.stash.a = 1; return 1; }' },
    ['A3 4:8'],
  ],
  [
    'what only answers on the right of ??',
    { body: 'return ctx.args.x ?? util.autoId() ?? pure(1);', beside: 'function pure(a) { return a; }' },
    [],
  ],
  [
    'a function that is only written down on the right of ??',
    { body: "const l = ctx.args.x ?? [1].map(() => util.error('No'));\nreturn l;" },
    [],
  ],
  ['an assignment that is returned', { body: 'let x = 1;\nreturn (x += 1);' }, ['A4 5:9']],
  ['a plain assignment that is returned', { body: 'let x = 1;\nreturn (x = 2);' }, []],
  ['typeof of a method', { body: "return typeof ctx.args.x.trim === 'function';" }, ['A5 4:8']],
  ['typeof of a field', { body: "return typeof ctx.args.x.title === 'string';" }, []],
  [
    'texts of objects compared',
    { body: 'return JSON.stringify(ctx.args.a) === JSON.stringify(ctx.args.b);' },
    ['A7 4:8'],
  ],
  [
    'texts compared of what one function made',
    { body: 'return JSON.stringify(of(1)) === JSON.stringify(of(2));', beside: 'function of(a) { return { a }; }' },
    [],
  ],
  ['the first key', { body: 'return Object.keys(ctx.args.a)[0];' }, ['A7 4:8']],
  ['keys gone over', { body: 'return Object.keys(ctx.args.a).length;' }, []],
  ['keys of the identity', { body: 'const who = ctx.identity;\nreturn Object.keys(who).length;' }, ['A8 5:8']],
  ['a step behind ?. of another', { body: 'return ctx.args.x?.list.length;' }, ['A9 4:8']],
  ['a call behind a call behind ?.', { body: 'return ctx.args.x?.trim().toLowerCase();' }, ['A9 4:8']],
  ['a call right behind ?.', { body: 'return [ctx.args.x?.trim(), ctx.args.y?.a?.b, ctx.args.z?.[0]];' }, []],
  [
    'texts compared by order',
    { body: "return ctx.args.x < 'b' || ctx.args.y >= `${ctx.args.x}`;" },
    ['A10 4:8', 'A10 4:28'],
  ],
  ['numbers compared by order', { body: 'return ctx.args.x < 1 || ctx.args.l.length > ctx.args.n;' }, []],
  ['the last of a list', { body: 'const l = ctx.args.l;\nreturn [l[l.length - 1], l[-1]];' }, ['A11 5:9', 'A11 5:26']],
  [
    'the last of a list that has one',
    { body: 'const l = ctx.args.l;\nreturn l.length > 0 ? l[l.length - 1] : null;' },
    [],
  ],
  [
    'the last of a list after a look at it',
    { body: 'const l = ctx.args.l;\nif (l.length === 0) return 0;\nreturn l[l.length - 1];' },
    [],
  ],
  [
    'a property that says undefined',
    { body: 'return { a: undefined, b: ctx.args.b ? 1 : undefined, c: ctx.args.c };' },
    ['A12 4:13', 'A12 4:27'],
  ],
  [
    'a default of a parameter, and in destructuring',
    { body: 'const { a = 1 } = ctx.args;\nreturn f(a);', beside: 'function f(a, b = 2) { return a + b; }' },
    ['D4 4:9', 'D4 8:15'],
  ],
  [
    'null from a request handler',
    { body: 'if (ctx.args.x) { return null; }\nreturn [1].map(() => { return null; });' },
    ['P3 4:19'],
  ],
];

test.each(CASES)('%s', (_what, handler, expected) => {
  expect(places(handler)).toEqual(expected);
});

describe('In a response handler', () => {
  const response = (body: string, request = "return { operation: 'PutItem' };") => {
    const code = `import { util } from '@aws-appsync/utils';\nimport { update } from '@aws-appsync/utils/dynamodb';\nexport function request(ctx) {\n${request}\n}\nexport function response(ctx) {\n${body}\n}`;
    return places({ code });
  };

  test.each([
    [
      'the item of a failed condition',
      'if (ctx.error) { util.appendError(ctx.error.message, ctx.error.type, ctx.result); }',
      ['B2 7:70'],
    ],
    ['a result without an error', 'if (ctx.args.x) { return ctx.result; }\nreturn ctx.result;', []],
    ['what is named like the context', 'const own = { result: 1 };\nif (ctx.error) { return own.result; }', []],
  ])('%s', (_what, body, expected) => {
    expect(response(body)).toEqual(expected);
  });

  test.each([
    ['of a request', "return { operation: 'UpdateItem' };"],
    ['of a helper', "return update({ key: { id: '1' }, update: {} });"],
  ])('the result of an update %s is named once', (_what, request) => {
    expect(response('ctx.stash.a = ctx.result;\nreturn ctx.result;', request)).toEqual(['B6 7:15']);
  });
});

test('A warning names resolver, place, quirk, its source, and what to write instead', () => {
  const [warning] = run('appsync', { body: '  return ctx.args.note === null;' }).warned;
  expect(warning).toBe(
    'Query.thing code.js:4:10: ctx.args.note === null does not tell null from absent; write == null, ' +
      'and let a field of its own say what null would (A1: aws-appsync-community #305)',
  );
});

test('Warnings come in order of place, in all semantics but ecmascript', () => {
  const handler = { body: 'const l = ctx.args.l?.a.b;\nif (l === null) return l[-1];\nreturn 1;' };
  expect(places(handler)).toEqual(['A9 4:11', 'A1 5:5', 'A11 5:24']);
  expect(warningsOf(handler, 'strictest')).toEqual(warningsOf(handler));
  expect(warningsOf(handler, 'ecmascript')).toEqual([]);
});

test.each([
  ["import { util } from '@aws-appsync/utils';"],
  ["import { util as u, util } from '@aws-appsync/utils';"],
  ["import * as all from '@aws-appsync/utils';\nconst util = { error: 1 };"],
])('Helpers are known by what was imported: %s', (imports) => {
  const uses = imports.includes('as u') ? 'u.error' : imports.includes('all') ? 'all.util.error' : 'util.error';
  const code = `${imports}\nexport function request(ctx) { return ctx.args.x ?? ${uses}('No'); }\nexport function response() {}`;
  expect(places({ code })[0]).toMatch(/^A3 /);
});
