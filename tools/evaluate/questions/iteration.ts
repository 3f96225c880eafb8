import { AN_ERROR, args, inRequest, lines, type Row } from '../question';

const MANY = 1001;
const list = args({ l: [...Array<number>(MANY - 1).fill(0), 1] });
const callbacks = args({ l: [10, 1, 2] });

/** Loops, callbacks and functions. */
export const ITERATION: Row[] = [
  {
    id: 'L1',
    title: 'for…of and array methods stop after 1,000 elements',
    emulated: 'L1',
    code: 'domain/ and resolvers/ go over lists that a rule bounds (lint rule no-unbounded-iteration). Right either way',
    questions: [
      {
        asks: `for…of over ${MANY} elements`,
        code: inRequest('const out = [];\nfor (const x of ctx.args.l) {\nout.push(x);\n}\nreturn out.length;'),
        context: list,
        javascript: { value: MANY },
        reported: [{ value: 1000 }],
      },
      {
        asks: 'map, filter and find of the same',
        code: inRequest(
          'const l = ctx.args.l;\nreturn [l.map((x) => x).length, l.filter((x) => x < 2).length, l.find((x) => x === 1) ? 1 : 0];',
        ),
        context: list,
        javascript: { value: [MANY, MANY, 1] },
        reported: [{ value: [1000, 1000, 0] }],
      },
      {
        asks: `for…of over a text of ${MANY} letters`,
        code: inRequest('const out = [];\nfor (const c of ctx.args.t) {\nout.push(c);\n}\nreturn out.length;'),
        context: args({ t: 'a'.repeat(MANY) }),
        javascript: { value: MANY },
        reported: [{ value: 1000 }, { value: 0 }, AN_ERROR],
      },
      {
        asks: "filter of a text's 1,001 letters",
        code: inRequest("return ctx.args.t.split('').filter((c) => c === 'a').length;"),
        context: args({ t: 'a'.repeat(MANY) }),
        javascript: { value: MANY },
        reported: [{ value: 1000 }],
      },
      {
        asks: 'slice, join and spread of the same, which are to have no limit',
        code: inRequest('const l = ctx.args.l;\nreturn [l.slice(0).length, l.join("").length, [...l, 2].length];'),
        context: list,
        javascript: { value: [MANY, MANY, MANY + 1] },
      },
    ],
  },
  {
    id: 'L2',
    title: 'for…of does not visit what is appended during the loop',
    emulated: 'L2',
    code: 'no loop appends to what it goes over. Right either way',
    questions: [
      {
        asks: 'which elements it visits',
        code: inRequest(
          'const l = [1, 2];\nconst out = [];\nfor (const x of l) {\nout.push(x);\nif (l.length < 4) {\nl.push(x + 10);\n}\n}\nreturn out;',
        ),
        javascript: { value: [1, 2, 11, 12] },
        reported: [{ value: [1, 2] }],
      },
    ],
  },
  {
    id: 'L4',
    title: 'sort takes no comparator; Amplify hands it a named function all the same',
    code: 'domain/rules.ts, normalizeTags, and domain/portable.ts, isAtMost: sort strings, without one. Right either way',
    change: {
      javascript:
        'in packages/local-appsync/src/appsync-js/realm/validate/methods.ts, allow sort the kind of comparator that was taken',
    },
    questions: [
      {
        asks: 'a named function',
        code: inRequest('return ctx.args.l.sort(byValue);', 'function byValue(a, b) {\nreturn a - b;\n}'),
        context: callbacks,
        javascript: { value: [1, 2, 10] },
        reported: ['refused', AN_ERROR, { value: [1, 10, 2] }],
        here: 'refused',
      },
      {
        asks: 'an arrow function',
        code: inRequest('return ctx.args.l.sort((a, b) => a - b);'),
        context: callbacks,
        javascript: { value: [1, 2, 10] },
        reported: ['refused', AN_ERROR, { value: [1, 10, 2] }],
        here: 'refused',
      },
    ],
  },
  {
    id: 'L5',
    title: 'an arrow function handed to an array method loses its parameters',
    code: 'domain/ and resolvers/ hand arrow functions to find, filter and map',
    change: { reported: 'write function (x) { … } for each callback in domain/ and resolvers/' },
    questions: [
      {
        asks: 'map with an arrow function',
        code: inRequest('return ctx.args.l.map((x) => x + 1);'),
        context: callbacks,
        javascript: { value: [11, 2, 3] },
        reported: [{ value: [null, null, null] }, AN_ERROR],
      },
      {
        asks: 'map with a function expression',
        code: inRequest('return ctx.args.l.map(function (x) {\nreturn x + 1;\n});'),
        context: callbacks,
        javascript: { value: [11, 2, 3] },
      },
    ],
  },
  {
    id: 'L6',
    title: 'for…of does not go over a string, or goes by UTF-16 units',
    emulated: 'L6',
    code: 'written nowhere (lint rule no-iteration-over-text)',
    questions: [
      {
        asks: 'the lengths of what it visits of a, an emoji and ?',
        code: inRequest('const out = [];\nfor (const c of ctx.args.t) {\nout.push(c.length);\n}\nreturn out;'),
        context: args({ t: 'a😀?' }),
        javascript: { value: [1, 2, 1] },
        reported: [{ value: [1, 1, 1, 1] }, { value: [] }, AN_ERROR],
      },
    ],
  },
  {
    id: 'L7',
    title: 'return inside for…of inside a helper ends the loop alone',
    emulated: 'L7',
    code: 'written nowhere (lint rule no-return-in-loop)',
    questions: [
      {
        asks: 'what the helper returns',
        code: inRequest(
          'return g([1, 2, 3]);',
          'function g(l) {\nfor (const x of l) {\nif (x > 1) {\nreturn x;\n}\n}\nreturn 0;\n}',
        ),
        javascript: { value: 2 },
        reported: [{ value: 0 }, { value: null }, 'refused', AN_ERROR],
      },
    ],
  },
  {
    id: 'L8',
    title: 'a function that is exported where it is declared cannot be called',
    emulated: 'L8',
    code: 'infra/resolver-code.ts: esbuild exports at the end. Right either way',
    questions: [
      {
        asks: 'export function double, called by a handler',
        code: inRequest('return double(2);', 'export function double(x) {\nreturn x * 2;\n}'),
        javascript: { value: 4 },
        reported: ['refused', AN_ERROR],
      },
      {
        asks: 'the same, exported at the end',
        code: lines(
          'function double(x) {\nreturn x * 2;\n}',
          'function request(ctx) {\nreturn double(2);\n}',
          'function response(ctx) {\nreturn null;\n}',
          'export { double, request, response };',
        ),
        javascript: { value: 4 },
      },
    ],
  },
];
