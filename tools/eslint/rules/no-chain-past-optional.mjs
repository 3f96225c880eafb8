/** A9: it is not known whether `a?.b.c` skips the rest when `a` is null. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'Reading on after ?.' },
    messages: {
      chain: 'AppSync may read on behind `?.` when the left side is null: write `a ? a.b.c : null` (A9).',
    },
    schema: [],
  },
  create(context) {
    const check = (node) => {
      const before = linkBefore(node);
      const isCallRightBehind = node.type === 'CallExpression' && before.optional && before.type === 'MemberExpression';
      if (!node.optional && !isCallRightBehind && mayBeSkipped(before)) {
        context.report({ node, messageId: 'chain' });
      }
    };
    return { 'ChainExpression MemberExpression': check, 'ChainExpression CallExpression': check };
  },
};

/** The link of a chain that another hangs on: `a?.b` of `a?.b.c`. */
function linkBefore(node) {
  const before = node.type === 'CallExpression' ? node.callee : node.object;
  return before.type === 'TSNonNullExpression' ? before.expression : before;
}

function mayBeSkipped(node) {
  const isLink = node.type === 'MemberExpression' || node.type === 'CallExpression';
  return isLink && (node.optional || mayBeSkipped(linkBefore(node)));
}
