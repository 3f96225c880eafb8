/** T6: half of a surrogate pair in the source may become "?" where the code is kept as UTF-8. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'Half of a surrogate pair in a literal' },
    messages: {
      surrogate:
        'AppSync may store this as "?", as UTF-8 cannot encode half of a surrogate pair: write whole characters (T6).',
    },
    schema: [],
  },
  create(context) {
    const check = (node, text) => {
      if (typeof text === 'string' && !text.isWellFormed()) {
        context.report({ node, messageId: 'surrogate' });
      }
    };
    return {
      Literal: (node) => check(node, node.value),
      TemplateElement: (node) => check(node, node.value.cooked),
    };
  },
};
