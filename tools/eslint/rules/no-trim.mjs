import { memberName, unwrap } from '../tree.mjs';

/** T5: Java's trim and JavaScript's remove different characters. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'trim, whose characters differ' },
    messages: {
      trim: 'AppSync may trim as Java does, which removes other characters: write `trimmed(text)` of domain/portable.ts (T5).',
    },
    schema: [],
  },
  create(context) {
    return {
      CallExpression(node) {
        if (['trim', 'trimStart', 'trimEnd'].includes(memberName(unwrap(node.callee)))) {
          context.report({ node, messageId: 'trim' });
        }
      },
    };
  },
};
