import { unwrap } from '../tree.mjs';

/** A4: `return x += y` gives nothing. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'Returning an assignment' },
    messages: { assignment: 'AppSync may return nothing: assign first, then return (A4).' },
    schema: [],
  },
  create(context) {
    const check = (node) => {
      if (node && unwrap(node).type === 'AssignmentExpression') {
        context.report({ node, messageId: 'assignment' });
      }
    };
    return {
      ReturnStatement: (node) => check(node.argument),
      ArrowFunctionExpression: (node) => check(node.body),
    };
  },
};
