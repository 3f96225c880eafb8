import { isCallOf, isTypeof, textOf, unwrap } from '../tree.mjs';

/** A5: `typeof` of a method may be "undefined", and Array.isArray may be missing. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'Asking whether something has a method' },
    messages: {
      typeof:
        'AppSync may give "undefined" for typeof of a method: test a field, such as `typeof list.length === \'number\'` (A5).',
      isArray: "AppSync may lack Array.isArray: test `typeof list.length === 'number'` (A5).",
    },
    schema: [],
  },
  create(context) {
    return {
      BinaryExpression(node) {
        const sides = [unwrap(node.left), unwrap(node.right)];
        if (sides.some(isTypeof) && sides.some((side) => textOf(side) === 'function')) {
          context.report({ node, messageId: 'typeof' });
        }
      },
      CallExpression(node) {
        if (isCallOf(node, 'Array', ['isArray'])) {
          context.report({ node, messageId: 'isArray' });
        }
      },
    };
  },
};
