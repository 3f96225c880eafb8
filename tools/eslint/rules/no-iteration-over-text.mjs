import { mayBeString } from '../types.mjs';

/** L6: it is not known whether a loop goes over a string, and by which units. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'Going through a string character by character' },
    messages: {
      text: 'AppSync may not iterate over strings, or may split characters: compare or search the text as a whole (L6).',
    },
    schema: [],
  },
  create(context) {
    const check = (node) => {
      if (mayBeString(context, node)) {
        context.report({ node, messageId: 'text' });
      }
    };
    return {
      ForOfStatement: (node) => check(node.right),
      'ArrayExpression > SpreadElement': (node) => check(node.argument),
      'CallExpression > SpreadElement': (node) => check(node.argument),
      'VariableDeclarator[id.type="ArrayPattern"]': (node) => node.init && check(node.init),
    };
  },
};
