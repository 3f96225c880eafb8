import { follow, memberName, unwrap } from '../tree.mjs';

const MAY_FIND_NOTHING = ['indexOf', 'lastIndexOf', 'findIndex', 'findLastIndex'];

/** A11: an index below zero may be an error, where JavaScript gives undefined. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'Reading at an index that may be below zero' },
    messages: {
      negative:
        'AppSync may fail on an index below zero: write `last(list)` of domain/portable.ts, or ask for the length first (A11).',
    },
    schema: [],
  },
  create(context) {
    const check = (node, index) => {
      if (index && mayBeNegative(follow(context, index))) {
        context.report({ node, messageId: 'negative' });
      }
    };
    return {
      'MemberExpression[computed=true]': (node) => check(node, node.property),
      'CallExpression[callee.property.name="at"]': (node) => check(node, node.arguments[0]),
    };
  },
};

function mayBeNegative(index) {
  return (
    (index.type === 'UnaryExpression' && index.operator === '-') ||
    (index.type === 'BinaryExpression' && index.operator === '-') ||
    (index.type === 'CallExpression' && MAY_FIND_NOTHING.includes(memberName(unwrap(index.callee))))
  );
}
