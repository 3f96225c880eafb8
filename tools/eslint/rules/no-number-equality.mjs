import { isPlainNumber } from '../numbers.mjs';
import { follow } from '../tree.mjs';
import { mayBeAnyNumber, mayBeAnything } from '../types.mjs';

/** N2: a number from DynamoDB was not `===` to another of the same value. */
export default {
  meta: {
    type: 'problem',
    docs: { description: "=== of numbers of which one may be DynamoDB's" },
    messages: {
      equality:
        'With a number from DynamoDB, AppSync may answer false for equal numbers: write `isSame(a, b)` of domain/portable.ts, or compare by `<` and `>` (N2).',
    },
    schema: [],
  },
  create(context) {
    const isDoubtful = (node) => !isPlainNumber(context, node) && follow(context, node).type !== 'CallExpression';
    const areNumbers = (one, other) => {
      const isNumber = [one, other].map((node) => mayBeAnyNumber(context, node));
      const mayBe = [one, other].map((node) => mayBeAnything(context, node));
      return (isNumber[0] || mayBe[0]) && (isNumber[1] || mayBe[1]) && (isNumber[0] || isNumber[1]);
    };
    const check = (node, one, other) => {
      if (areNumbers(one, other) && (isDoubtful(one) || isDoubtful(other))) {
        context.report({ node, messageId: 'equality' });
      }
    };
    return {
      'BinaryExpression[operator=/^[!=]==$/]': (node) => check(node, node.left, node.right),
      'SwitchStatement > SwitchCase[test]': (node) => check(node.test, node.parent.discriminant, node.test),
    };
  },
};
