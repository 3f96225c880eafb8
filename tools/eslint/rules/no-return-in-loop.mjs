import { enclosingFunction } from '../tree.mjs';

/** L7: in a helper, `return` in a loop may end only the loop. Handlers may return from loops. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'return in for…of, in a helper' },
    messages: {
      return: 'AppSync may end only the loop: look with `find`, or keep the result and return it after the loop (L7).',
    },
    schema: [],
  },
  create(context) {
    return {
      'ForOfStatement ReturnStatement'(node) {
        const runsIn = enclosingFunction(node);
        if (!['request', 'response'].includes(runsIn?.id?.name) && isInLoop(node, runsIn)) {
          context.report({ node, messageId: 'return' });
        }
      },
    };
  },
};

/** Whether the loop is one of the function's own, and not one around the function. */
function isInLoop(node, runsIn) {
  return node !== runsIn && (node.type === 'ForOfStatement' || isInLoop(node.parent, runsIn));
}
