import { mayBeString } from '../types.mjs';

/** A10: it is not known how `<` and `>` order strings, or whether they do. */
export default {
  meta: {
    type: 'problem',
    docs: { description: '<, >, <= and >= on strings' },
    messages: {
      order: 'AppSync may not order strings by `{{operator}}`: write `isAtMost(a, b)` of domain/portable.ts (A10).',
    },
    schema: [],
  },
  create(context) {
    return {
      'BinaryExpression[operator=/^[<>]=?$/]'(node) {
        if (mayBeString(context, node.left) || mayBeString(context, node.right)) {
          context.report({ node, messageId: 'order', data: { operator: node.operator } });
        }
      },
    };
  },
};
