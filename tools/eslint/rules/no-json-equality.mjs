import { follow, isCallOf } from '../tree.mjs';

/** A7: the keys of an object may come in another order. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'Comparing what JSON.stringify wrote' },
    messages: {
      equality: 'AppSync may write the keys of an object in another order: compare the fields (A7).',
    },
    schema: [],
  },
  create(context) {
    const isJson = (node) => isCallOf(follow(context, node), 'JSON', ['stringify']);
    return {
      'BinaryExpression[operator=/^[!=]==?$/]'(node) {
        if (isJson(node.left) && isJson(node.right)) {
          context.report({ node, messageId: 'equality' });
        }
      },
    };
  },
};
