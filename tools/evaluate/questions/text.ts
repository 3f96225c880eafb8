import { AN_ERROR, args, inRequest, type Question, type Row } from '../question';

function wellFormed(asks: string, text: string, javascript: boolean): Question {
  return {
    asks,
    code: inRequest('return util.base64Decode(util.base64Encode(ctx.args.t)) === ctx.args.t;'),
    context: args({ t: text }),
    javascript: { value: javascript },
    reported: [{ value: !javascript }, AN_ERROR],
  };
}

export const TEXT: Row[] = [
  {
    id: 'Unicode',
    title: 'base64 there and back may not tell a lone surrogate from a character',
    code: 'resolvers/shared/unicode.ts refuses what it changes',
    change: { reported: 'another test of lone surrogates in resolvers/shared/unicode.ts' },
    questions: [
      wellFormed('whether an emoji comes back', 'a😀', true),
      wellFormed('whether a lone surrogate comes back', 'a\ud800', false),
      wellFormed('whether one behind 1,000 characters comes back', `${'a'.repeat(1200)}\udfff`, false),
    ],
  },
  {
    id: 'split',
    title: "split('') may cut by code points instead of UTF-16 units",
    code: 'domain/portable.ts, trimmed: blanks have one unit each. Right either way',
    questions: [
      {
        asks: 'the lengths of its pieces of a, an emoji and ?',
        code: inRequest("return ctx.args.t.split('').map((c) => c.length);"),
        context: args({ t: 'a😀?' }),
        javascript: { value: [1, 1, 1, 1] },
        reported: [{ value: [1, 2, 1] }],
      },
    ],
  },
  {
    id: 'T2',
    title: 'util.matches finds its pattern anywhere',
    emulated: 'T2',
    code: 'patterns have ^ and $ around them (lint rule no-unanchored-matches). Right either way',
    questions: [
      {
        asks: 'a part of the text, and the empty part',
        code: inRequest(
          "return [util.matches('b', 'abc'), util.matches('(?:x)*', 'abc'), util.matches('^abc$', 'abc')];",
        ),
        javascript: { value: [false, false, true] },
        reported: [{ value: [true, true, true] }],
      },
    ],
  },
  {
    id: 'T3',
    title: 'replace and replaceAll take their pattern for a Java regular expression',
    code: 'written nowhere. The local runtime does as the documentation says',
    questions: [
      {
        asks: 'what takes the place of "."',
        code: inRequest("return [ctx.args.t.replace('.', 'x'), ctx.args.t.replaceAll('.', 'x')];"),
        context: args({ t: 'a.b' }),
        javascript: { value: ['axb', 'axb'] },
        reported: [{ value: ['x.b', 'xxx'] }],
        here: { value: ['x.b', 'xxx'] },
      },
    ],
  },
  {
    id: 'T4',
    title: 'base64Decode of nonsense gives bytes, no error',
    code: 'resolvers/shared/list.ts: only what is base64 is decoded. Right either way',
    questions: [
      {
        asks: 'what is no base64 at all',
        code: inRequest("return util.base64Decode('*').length >= 0;"),
        javascript: { value: true },
        reported: [AN_ERROR],
      },
      {
        asks: 'base64 with another character in it, and what is no UTF-8',
        code: inRequest("return [util.base64Decode('bm90!IG91cnM='), util.base64Decode('/w==')];"),
        javascript: { value: ['not ours', '\ufffd'] },
        reported: [AN_ERROR],
      },
    ],
  },
  {
    id: 'T5',
    title: "trim is Java's: all up to U+0020, none of Unicode's other spaces",
    emulated: 'T5',
    code: 'domain/portable.ts, trimmed: has blanks of its own. Right either way',
    questions: [
      {
        asks: 'what is left of a no-break and an ideographic space, and of a control character',
        code: inRequest('return [ctx.args.s.trim().length, ctx.args.c.trim().length];'),
        context: args({ s: '\u00a0x\u3000', c: '\u0007x' }),
        javascript: { value: [1, 2] },
        reported: [{ value: [3, 1] }],
      },
    ],
  },
  {
    id: 'T6',
    title: 'a lone surrogate in a literal becomes "?"',
    emulated: 'T6',
    code: 'written nowhere (lint rule no-lone-surrogate)',
    questions: [
      {
        asks: 'whether a literal of one is "?", and "?" lies between two',
        code: inRequest(
          "return { same: same('\\ud800', '?'), between: between('?', '\\ud800', '\\udfff') };",
          'function same(a, b) {\nreturn a === b;\n}\nfunction between(a, b, c) {\nreturn a >= b && a <= c;\n}',
        ),
        javascript: { value: { same: false, between: false } },
        reported: [{ value: { same: true, between: true } }],
      },
    ],
  },
  {
    id: 'JSON',
    title: 'JSON.parse of nonsense gives ""',
    code: 'domain/ and resolvers/ parse none; resolvers/shared/list.ts makes a text of a list with null and undefined in it',
    change: {
      javascript:
        'nothing in our code; in packages/local-appsync/src/appsync-js/realm/guest/builtins.ts, JSON.parse has to fail',
    },
    questions: [
      {
        asks: 'what it makes of a text that is no JSON',
        code: inRequest("return JSON.parse(util.base64Decode('bm90IG91cnM='));"),
        javascript: { error: /./ },
        reported: [{ value: '' }],
        here: { value: '' },
      },
      {
        asks: 'a list with undefined in it as JSON',
        code: inRequest("return JSON.stringify(['D', ctx.args.u, null]);"),
        javascript: { value: '["D",null,null]' },
      },
    ],
  },
];
