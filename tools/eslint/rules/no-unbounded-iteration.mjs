import { isBounded } from '../bounded.mjs';
import { isFunction, memberName, unwrap } from '../tree.mjs';
import { mayBeList, mayBeString } from '../types.mjs';

/** The methods of arrays that take a function. */
const VISITORS = [
  'forEach',
  'map',
  'flatMap',
  'filter',
  'reduce',
  'reduceRight',
  'find',
  'findLast',
  'findIndex',
  'findLastIndex',
  'some',
  'every',
];

/** L1: loops, and array methods that take a function, silently stop after 1,000 elements. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'Going through a list that no rule keeps below 1,000 elements' },
    messages: {
      unbounded:
        'AppSync silently stops after 1,000 elements: iterate over `.slice(0, …)` of `{{list}}`, or name what bounds it in tools/eslint/bounds.mjs (L1).',
    },
    schema: [
      {
        type: 'object',
        properties: { bounds: { type: 'object', additionalProperties: { type: 'string' } } },
        additionalProperties: false,
      },
    ],
  },
  create(context) {
    const bounds = context.options[0]?.bounds ?? {};
    const check = (list) => {
      if (!isBounded(context, bounds, list)) {
        context.report({ node: list, messageId: 'unbounded', data: { list: context.sourceCode.getText(list) } });
      }
    };
    return {
      ForOfStatement({ right }) {
        // A string is a matter of no-iteration-over-text.
        if (!mayBeString(context, right)) {
          check(right);
        }
      },
      CallExpression({ callee, arguments: given }) {
        if (VISITORS.includes(memberName(callee)) && takesFunction(given) && mayBeList(context, callee.object)) {
          check(callee.object);
        }
      },
    };
  },
};

function takesFunction([visitor]) {
  return visitor && (isFunction(visitor) || unwrap(visitor).type === 'Identifier');
}
