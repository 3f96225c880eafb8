/** D5 in a bundle: AppSync's console complains of several imports of one module, and of renamed ones. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'Several imports of one module, and renamed ones' },
    messages: {
      repeated:
        'AppSync may refuse a second import of {{module}}: let one file import it, and the others import that file (D5).',
      renamed:
        'AppSync may refuse renamed imports: let one file import {{name}}, and the others import that file (D5).',
    },
    schema: [],
  },
  create(context) {
    const seen = new Set();
    return {
      ImportDeclaration(node) {
        const module = node.source.value;
        if (seen.has(module)) {
          context.report({ node, messageId: 'repeated', data: { module } });
        }
        seen.add(module);
      },
      ImportSpecifier(node) {
        if (node.imported.name !== node.local.name) {
          context.report({ node, messageId: 'renamed', data: { name: node.imported.name } });
        }
      },
    };
  },
};
