import { follow, isCallOf, textOf } from '../tree.mjs';

/** T2: it is not known whether a pattern must match the whole text. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'util.matches with a pattern that is not anchored' },
    messages: {
      unanchored:
        'AppSync may look for the pattern anywhere in the text: write a literal that begins with `^`, ends with `$`, and has each `|` in brackets (T2).',
    },
    schema: [],
  },
  create(context) {
    return {
      CallExpression(node) {
        if (
          isCallOf(node, 'util', ['matches']) &&
          !isAnchored(node.arguments[0] && textOf(follow(context, node.arguments[0])))
        ) {
          context.report({ node, messageId: 'unanchored' });
        }
      },
    };
  },
};

/** `^a|b$` is not: each side of the bar is anchored once. */
function isAnchored(pattern) {
  // What stands escaped or in a class of characters has no meaning of its own.
  const bare = pattern?.replace(/\\./gs, '').replace(/\[\^?\]?[^\]]*\]/g, '') ?? '';
  const outside = [...bare].filter((character, at) => character === '|' && depthAt(bare, at) === 0);
  return bare.startsWith('^') && bare.endsWith('$') && outside.length === 0;
}

function depthAt(pattern, position) {
  const before = [...pattern.slice(0, position)];
  return (
    before.filter((character) => character === '(').length - before.filter((character) => character === ')').length
  );
}
