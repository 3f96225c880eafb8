import type { QuirkId } from '../../../src/appsync-js/quirks/semantics';
import { actedAt, gave, type Handler, MODES, run } from './support';

/** What JavaScript gives, what AppSync is reported to give, and where that is decided; bodies begin in line 4. */
type Case = Handler & {
  plain: unknown;
  reported: unknown;
  at?: string;
};

const identity = { sub: 's', username: 'u' };

const CASES: [QuirkId, string, Case][] = [
  [
    'A1',
    '=== takes null and undefined for one',
    { body: 'return ctx.args.x === null;', plain: false, reported: true, at: '4:8' },
  ],
  ['A1', '!== does, too', { body: 'return ctx.args.x !== null;', plain: true, reported: false, at: '4:8' }],
  ['A1', 'void 0 is undefined', { body: 'return void 0 === null;', plain: false, reported: true, at: '4:8' }],
  [
    'A1',
    'so are two values of unknown kind',
    { body: 'const a = ctx.args.x;\nreturn ctx.prev === a;', plain: false, reported: true, at: '5:8' },
  ],
  [
    'A1',
    'switch compares in the same way',
    {
      body: "switch (ctx.args.x) { case null: return 'null'; default: return 'other'; }",
      plain: 'other',
      reported: 'null',
      at: '4:28',
    },
  ],
  [
    'A1',
    'switch finds the first of the two',
    {
      body: "switch (ctx.prev) { case undefined: return 'absent'; case null: return 'null'; }",
      plain: 'null',
      reported: 'absent',
      at: '4:26',
    },
  ],
  [
    'A3',
    'the right side of ?? runs though the left is there',
    {
      body: "const kept = ctx.args.id ?? note('b');\nreturn [kept, seen];",
      beside: 'const seen = [];\nfunction note(x) { seen.push(x); return x; }',
      plain: ['1', []],
      reported: ['1', ['b']],
      at: '4:14',
    },
  ],
  [
    'A3',
    'it ends the handler if it raises an error',
    { body: "return ctx.args.id ?? util.error('No', 'T');", plain: '1', reported: 'No', at: '4:8' },
  ],
  ['A4', 'return x += y gives nothing', { body: 'let x = 1;\nreturn x += 1;', plain: 2, reported: null, at: '5:8' }],
  [
    'A5',
    'typeof of a method is undefined',
    { body: "return typeof ctx.args.id.trim === 'function';", plain: true, reported: false, at: '4:8' },
  ],
  [
    'A7',
    'two keys change their order',
    { body: 'return Object.keys({ a: 1, b: 2 });', plain: ['a', 'b'], reported: ['b', 'a'], at: '4:8' },
  ],
  ['A7', 'so do values', { body: 'return Object.values({ a: 1, b: 2 });', plain: [1, 2], reported: [2, 1], at: '4:8' }],
  [
    'A7',
    'and entries',
    {
      body: 'return Object.entries({ a: 1, b: 2 });',
      plain: [
        ['a', 1],
        ['b', 2],
      ],
      reported: [
        ['b', 2],
        ['a', 1],
      ],
      at: '4:8',
    },
  ],
  [
    'A7',
    'and JSON, at any depth',
    {
      body: 'return JSON.stringify([{ a: 1, b: { c: 1, d: 2 } }]);',
      plain: '[{"a":1,"b":{"c":1,"d":2}}]',
      reported: '[{"b":{"d":2,"c":1},"a":1}]',
      at: '4:8',
    },
  ],
  [
    'A7',
    'and what toMapValues gives',
    {
      body: "return Object.keys({ ...util.dynamodb.toMapValues({ PK: 'a', SK: 'b' }), n: 1 });",
      plain: ['PK', 'SK', 'n'],
      reported: ['SK', 'PK', 'n'],
      at: '4:39',
    },
  ],
  [
    'A8',
    'the identity has no keys',
    {
      body: 'return [Object.keys(ctx.identity), ctx.identity.sub];',
      ctx: { identity },
      plain: [['sub', 'username'], 's'],
      reported: [[], 's'],
      at: '4:9',
    },
  ],
  [
    'A9',
    'the steps after ?. go on',
    {
      body: 'return ctx.args.x?.list.length ?? 0;',
      plain: 0,
      reported: "code.js:4:24: TypeError: Cannot read properties of undefined (reading 'length')",
      at: '4:8',
    },
  ],
  ['A10', 'strings do not compare', { body: "return ctx.args.id < '2';", plain: true, reported: false, at: '4:8' }],
  [
    'A11',
    'a negative index is an error',
    {
      body: 'const l = [];\nreturn l[l.length - 1];',
      plain: null,
      reported: 'code.js:5:10: RangeError: Index -1 out of bounds',
      at: '5:10',
    },
  ],
  [
    'A12',
    'a property that is set to undefined is null',
    { body: 'return { a: ctx.args.x };', plain: {}, reported: { a: null }, at: '4:13' },
  ],
  [
    'A12',
    'also in the short form',
    { body: 'const a = ctx.args.x;\nreturn { a };', plain: {}, reported: { a: null }, at: '5:10' },
  ],
  [
    'A12',
    'also in the stash',
    {
      body: 'ctx.stash.a = ctx.args.x;\nreturn Object.hasOwn(ctx.stash, "a") && ctx.stash;',
      plain: {},
      reported: { a: null },
      at: '4:15',
    },
  ],
];

describe.each(CASES)('%s: %s', (id, _what, { plain, reported, at, ...handler }) => {
  test.each(MODES)('in %s', (mode) => {
    const evaluation = run(mode, handler);
    const isApplied = mode === 'strictest' || (mode === 'appsync' && ['A1', 'A3'].includes(id));
    expect(gave(evaluation)).toEqual(isApplied ? reported : plain);
    expect(actedAt(evaluation, id)).toEqual(isApplied ? [at] : []);
  });
});
