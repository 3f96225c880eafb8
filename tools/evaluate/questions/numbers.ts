import { inRequest, inResponse, args, type Row } from '../question';

export const NUMBERS: Row[] = [
  {
    id: 'N1',
    title: 'a number from DynamoDB becomes the text "null"',
    code: 'domain/portable.ts, decimal: calculates first. The context here is JSON, so this says nothing of DynamoDB: npm run smoke does',
    questions: [
      {
        asks: 'a number of ctx.result as text, calculated with or not',
        code: inResponse('return [`${ctx.result.n}`, `${ctx.result.n + 0}`, ctx.result.n === 3];'),
        handler: 'response',
        context: { result: { n: 3 } },
        javascript: { value: ['3', '3', true] },
        reported: [{ value: ['null', '3', true] }, { value: ['null', '3', false] }],
      },
    ],
  },
  {
    id: 'N4',
    title: 'results of arithmetic may print as 100.0 instead of 100',
    code: 'domain/portable.ts, decimal, and domain/view.ts, commentKey',
    change: { reported: 'cut ".0" off in decimal (domain/portable.ts)' },
    questions: [
      {
        asks: 'sums, products and quotients as text',
        code: inRequest("return [`${ctx.args.n + 0}`, `${99 + 1}`, `${50 * 2}`, `${7 / 2}`, ctx.args.n + 0 + ''];"),
        context: args({ n: 100 }),
        javascript: { value: ['100', '100', '100', '3.5', '100'] },
        reported: [
          { value: ['100.0', '100.0', '100.0', '3.5', '100.0'] },
          { value: ['100', '100', '100.0', '3.5', '100'] },
        ],
      },
    ],
  },
];
