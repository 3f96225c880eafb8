import { isPlainNumber } from '../numbers.mjs';
import { memberName } from '../tree.mjs';
import { mayBeAnything, mayBeNumber, mayBeString } from '../types.mjs';

/** N1: a number from DynamoDB becomes the text "null". */
export default {
  meta: {
    type: 'problem',
    docs: { description: "A number that may be DynamoDB's, made text" },
    messages: {
      number:
        'AppSync may write a number from DynamoDB as "null": write `decimal({{number}})` of domain/portable.ts (N1).',
      anything:
        'This may be a number, which AppSync may write as "null" if it is from DynamoDB: give `{{number}}` a type (N1).',
    },
    schema: [],
  },
  create(context) {
    const check = (node) => {
      const isAnything = mayBeAnything(context, node);
      if ((isAnything || mayBeNumber(context, node)) && !isPlainNumber(context, node)) {
        const messageId = isAnything ? 'anything' : 'number';
        context.report({ node, messageId, data: { number: context.sourceCode.getText(node) } });
      }
    };
    const checkSum = ({ left, right }) => {
      if (mayBeString(context, left)) {
        check(right);
      } else if (mayBeString(context, right)) {
        check(left);
      }
    };
    return {
      TemplateLiteral: (node) => node.expressions.forEach(check),
      'BinaryExpression[operator="+"]': checkSum,
      'AssignmentExpression[operator="+="]': checkSum,
      CallExpression({ callee }) {
        if (memberName(callee) === 'toString' && mayBeNumber(context, callee.object)) {
          check(callee.object);
        }
      },
    };
  },
};
