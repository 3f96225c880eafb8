import { AN_ERROR, args, inRequest, type Row } from '../question';

/** Null, absent, operators and objects. */
export const VALUES: Row[] = [
  {
    id: 'A1',
    title: 'null === undefined is true',
    emulated: 'A1',
    code: 'domain/commands.ts: null and absent ask for the same, and == null stands for both. Right either way',
    questions: [
      {
        asks: 'whether === tells null from absent, and whether Object.hasOwn does',
        code: inRequest(
          "return { literals: null === undefined, given: Object.hasOwn(ctx.args, 'x'), absent: Object.hasOwn(ctx.args, 'y'), same: ctx.args.y === null };",
        ),
        context: args({ x: null }),
        javascript: { value: { literals: false, given: true, absent: false, same: false } },
        reported: [{ value: { literals: true, given: true, absent: false, same: true } }],
      },
    ],
  },
  {
    id: 'A3',
    title: 'a ?? f() calls f even when a is there',
    emulated: 'A3',
    code: 'domain/ and resolvers/: on the right of ?? nothing is refused or kept (lint rule no-raise-after-nullish). Right either way',
    questions: [
      {
        asks: 'whether an arrow function on the right is called',
        code: inRequest(
          "const seen = [];\nconst f = (x) => {\nseen.push(x);\nreturn x;\n};\nconst v = ctx.args.a ?? f('b');\nreturn { v, seen };",
        ),
        context: args({ a: 'a' }),
        javascript: { value: { v: 'a', seen: [] } },
        reported: [{ value: { v: 'a', seen: ['b'] } }],
      },
      {
        asks: 'whether a function of the module on the right is called',
        code: inRequest(
          "const v = ctx.args.a ?? note(ctx, 'b');\nreturn { v, stash: ctx.stash };",
          'function note(ctx, x) {\nctx.stash.seen = x;\nreturn x;\n}',
        ),
        context: args({ a: 'a' }),
        javascript: { value: { v: 'a', stash: {} } },
        reported: [{ value: { v: 'a', stash: { seen: 'b' } } }],
      },
    ],
  },
  {
    id: 'A3, constants',
    title:
      'a ?? b gives a constant b even when a is there (the sample of amplify-category-api #3170, against its own text)',
    code: 'domain/ and resolvers/ write ?? with a constant in many places, such as limit ?? 20 in resolvers/shared/page.ts',
    change: { reported: 'write x == null ? … : x for every ?? with a constant on its right' },
    questions: [
      {
        asks: 'which of the two comes out',
        code: inRequest("return [ctx.args.a ?? 'b', ctx.args.n ?? 20];"),
        context: args({ a: 'a', n: 5 }),
        javascript: { value: ['a', 5] },
        reported: [{ value: ['b', 20] }],
      },
    ],
  },
  {
    id: 'A4',
    title: 'return x += y gives nothing',
    emulated: 'A4',
    code: 'written nowhere (lint rule no-returned-assignment)',
    questions: [
      {
        asks: 'what it gives',
        code: inRequest('let x = ctx.args.x;\nreturn x += 2;'),
        context: args({ x: 1 }),
        javascript: { value: 3 },
        reported: [{ value: null }],
      },
    ],
  },
  {
    id: 'A5',
    title: 'typeof of a method is "undefined"; Array.isArray is not there',
    emulated: 'A5',
    code: 'written nowhere (lint rule no-method-test)',
    questions: [
      {
        asks: 'typeof of methods, and of a length',
        code: inRequest('return [typeof ctx.args.l.slice, typeof ctx.args.t.trim, typeof ctx.args.l.length];'),
        context: args({ l: [1], t: 'a' }),
        javascript: { value: ['function', 'function', 'number'] },
        reported: [{ value: ['undefined', 'undefined', 'number'] }],
      },
      {
        asks: 'Array.isArray, which we refuse as AppSync does not document it',
        code: inRequest('return [Array.isArray(ctx.args.l), Array.isArray(ctx.args.t)];'),
        context: args({ l: [1], t: 'a' }),
        javascript: { value: [true, false] },
        reported: ['refused', AN_ERROR],
        here: 'refused',
      },
    ],
  },
  {
    id: 'A7',
    title: 'the keys of an object may come in another order',
    emulated: 'A7',
    code: 'domain/decide.ts, contentOf: compares lists, not objects, as JSON. Right either way',
    questions: [
      {
        asks: 'the order of two keys that a helper made, as the code sees it',
        code: inRequest("return Object.keys(util.dynamodb.toMapValues({ PK: 'p', SK: 's' }));"),
        javascript: { value: ['PK', 'SK'] },
        reported: [{ value: ['SK', 'PK'] }],
      },
      {
        asks: 'the same, as EvaluateCode prints it',
        code: inRequest("return util.dynamodb.toMapValues({ PK: 'p', SK: 's' });"),
        javascript: { inOrder: { PK: { S: 'p' }, SK: { S: 's' } } },
        reported: [{ inOrder: { SK: { S: 's' }, PK: { S: 'p' } } }],
      },
      {
        asks: 'the order of two keys of a literal, as JSON',
        code: inRequest("return JSON.stringify({ PK: 'p', SK: 's' });"),
        javascript: { value: '{"PK":"p","SK":"s"}' },
        reported: [{ value: '{"SK":"s","PK":"p"}' }],
      },
    ],
  },
  {
    id: 'A8',
    title: 'Object.keys(ctx.identity) is empty',
    emulated: 'A8',
    code: 'resolvers/shared/caller.ts: reads the fields by name. Right either way',
    questions: [
      {
        asks: 'whether it has keys, and whether a field can be read',
        code: inRequest('return [Object.keys(ctx.identity).length > 0, ctx.identity.username];'),
        javascript: { value: [true, 'bob'] },
        reported: [{ value: [false, 'bob'] }],
      },
    ],
  },
  {
    id: 'A9',
    title: 'a?.b.c() goes on to c when a is not there',
    emulated: 'A9',
    code: 'written nowhere (lint rule no-chain-past-optional)',
    questions: [
      {
        asks: 'a call two steps behind ?.',
        code: inRequest("const r = ctx.args.s?.list.find((x) => x === 1);\nreturn r ? 'found' : 'nothing';"),
        context: args({ s: null }),
        javascript: { value: 'nothing' },
        reported: [AN_ERROR],
      },
    ],
  },
  {
    id: 'A9, one step',
    title: 'a?.b() calls b when a is not there',
    code: 'domain/ and resolvers/ may write it',
    change: { reported: 'write a ? a.b() : … where a ?. stands before a call' },
    questions: [
      {
        asks: 'a call right behind ?.',
        code: inRequest("const r = ctx.args.s?.trim();\nreturn r ? 'found' : 'nothing';"),
        context: args({ s: null }),
        javascript: { value: 'nothing' },
        reported: [AN_ERROR],
      },
    ],
  },
  {
    id: 'A10',
    title: '<, <=, > and >= of two strings are false',
    emulated: 'A10',
    code: 'domain/portable.ts, isAtMost: sorts instead. Right either way',
    questions: [
      {
        asks: 'whether >= and <= compare strings',
        code: inRequest("return ['b' >= 'a', '2026-01-01T00:00:00.250Z' >= '2026-01-01T00:00:00Z', ' ' <= '~'];"),
        javascript: { value: [true, false, true] },
        reported: [{ value: [false, false, false] }, AN_ERROR],
      },
    ],
  },
  {
    id: 'A10, sort',
    title: 'sort() orders strings otherwise than by UTF-16 units',
    code: 'domain/portable.ts, isAtMost, and the order of tags (domain/rules.ts), which the projector sorts as JavaScript does',
    change: {
      reported: 'sort tags in resolvers alone, and compare positions in domain/portable.ts by what AppSync does',
    },
    questions: [
      {
        asks: 'where an emoji comes in (units 55357 and 56613), where capitals, where digits',
        code: inRequest('ctx.args.l.sort();\nreturn ctx.args.l;'),
        context: args({ l: ['\ufb01', '🔥', 'b', 'B', '10', '9', 'é'] }),
        javascript: { value: ['10', '9', 'B', 'b', 'é', '🔥', '\ufb01'] },
        reported: [{ value: ['10', '9', 'B', 'b', 'é', '\ufb01', '🔥'] }],
      },
    ],
  },
  {
    id: 'A11',
    title: 'a negative index is an error',
    emulated: 'A11',
    code: 'domain/portable.ts, first and last: ask for the length. Right either way',
    questions: [
      {
        asks: 'the last element of an empty list',
        code: inRequest('const l = ctx.args.l;\nconst last = l[l.length - 1];\nreturn { last: last ? 1 : 0 };'),
        context: args({ l: [] }),
        javascript: { value: { last: 0 } },
        reported: [AN_ERROR],
      },
    ],
  },
  {
    id: 'A12',
    title: 'a property that is set to undefined becomes null, or is left out',
    emulated: 'A12',
    code: 'domain/ and resolvers/ take null and absent for the same. Right either way',
    questions: [
      {
        asks: 'in an object literal',
        code: inRequest(
          "const o = { p: ctx.args.p, q: null };\nreturn { n: Object.keys(o).length, e: Object.entries(o).length, o, h: Object.hasOwn(o, 'p') };",
        ),
        javascript: { value: { n: 2, e: 2, o: { q: null }, h: true } },
        reported: [
          { value: { n: 2, e: 2, o: { p: null, q: null }, h: true } },
          { value: { n: 1, e: 1, o: { q: null }, h: false } },
        ],
      },
      {
        asks: 'in the stash',
        code: inRequest('ctx.stash.p = ctx.args.p;\nreturn ctx.stash;'),
        javascript: { value: {} },
        reported: [{ value: { p: null } }],
      },
      {
        asks: 'in what the helper put is given: which attributes it writes',
        code: inRequest(
          "const r = put({ key: { id: 'x', v: 1 }, item: { a: ctx.args.a, b: null, c: '', d: [], e: { f: 1 } }, condition: { v: { attributeExists: false } } });\nconst names = Object.keys(r.attributeValues);\nnames.sort();\nreturn names;",
          '',
          "import { put } from '@aws-appsync/utils/dynamodb';",
        ),
        javascript: { value: ['b', 'c', 'd', 'e'] },
        reported: [{ value: ['a', 'b', 'c', 'd', 'e'] }],
      },
    ],
  },
  {
    id: 'hole',
    title: 'a hole in a pattern, [, v], is not supported',
    code: 'written nowhere',
    questions: [
      {
        asks: 'the second of each pair',
        code: inRequest('return Object.entries({ a: 1, b: 2 }).find(([, v]) => v === 2);'),
        javascript: { value: ['b', 2] },
        reported: ['refused', AN_ERROR],
      },
    ],
  },
  {
    id: 'slice',
    title: 'slice does not count from the end',
    code: 'domain/decide.ts: the newest ten commands, slice(-REMEMBERED_COMMANDS)',
    change: { reported: 'count from the length in domain/decide.ts, append' },
    questions: [
      {
        asks: 'of a string, of a list, of a template',
        code: inRequest("return ['0123'.slice(-3), [1, 2, 3].slice(-2), `${'0000' + 7}`.slice(-4), [1].slice(-10)];"),
        javascript: { value: ['123', [2, 3], '0007', [1]] },
        reported: ['refused', AN_ERROR],
      },
    ],
  },
];
