import { AN_ERROR, args, inRequest, type Question, type Row } from '../question';

function returnedEarly(given: string, javascript: unknown): Question {
  return {
    asks: `earlyReturn(${given})`,
    code: inRequest(`return runtime.earlyReturn(${given});`),
    javascript: { value: javascript },
  };
}

function raised(asks: string, call: string): Question {
  return {
    asks,
    code: inRequest(`${call};\nreturn 'went on';`),
    context: args({ n: 5 }),
    javascript: { error: /on fire|5/ },
    reported: [{ value: 'went on' }],
  };
}

export const PIPELINE: Row[] = [
  {
    id: 'P1',
    title: 'runtime.earlyReturn of null fails with "Runtime Error"',
    emulated: 'P1',
    code: 'resolvers/ return early with objects alone (lint rule no-empty-early-return). Right either way',
    questions: [
      { ...returnedEarly('null', null), reported: [AN_ERROR] },
      { ...returnedEarly("null, { skipTo: 'END' }", null), reported: [AN_ERROR] },
      { ...returnedEarly('', null), reported: [AN_ERROR, 'refused'] },
      returnedEarly('{}', {}),
    ],
  },
  {
    id: 'P2',
    title: "earlyReturn's second argument may not be known",
    code: "resolvers/steps/readList.ts: skips to the end once a list's page is full",
    change: {
      reported: 'leave skipTo out in resolvers/steps/readList.ts: the steps behind return early of themselves',
    },
    questions: [
      { ...returnedEarly("{ a: 1 }, { skipTo: 'END' }", { a: 1 }), reported: ['refused', AN_ERROR] },
      { ...returnedEarly("{ a: 1 }, { skipTo: 'NEXT' }", { a: 1 }), reported: ['refused', AN_ERROR] },
    ],
  },
  {
    id: 'P5',
    title: 'util.error does nothing when message or type is no string',
    emulated: 'P5',
    code: 'resolvers/shared/raise.ts: both are texts. Right either way',
    questions: [
      raised('a message that is a number', "util.error(ctx.args.n, 'T')"),
      raised('a type that is a number', "util.error('on fire', ctx.args.n)"),
    ],
  },
  {
    id: 'P5, null',
    title: 'util.error does nothing when data or info is null',
    code: 'resolvers/shared/raise.ts, raise: data is null always, info with three errors',
    change: { reported: 'write util.error(message, type, {}, info ?? {}) in resolvers/shared/raise.ts' },
    questions: [
      raised('both null', "util.error('on fire', 'T', null, null)"),
      raised('data null', "util.error('on fire', 'T', null, { a: 1 })"),
    ],
  },
];
