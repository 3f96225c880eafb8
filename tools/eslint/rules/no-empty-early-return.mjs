import { isCallOf, isNothing, unwrap } from '../tree.mjs';
import { isObject, typeOf } from '../types.mjs';

/** P1: `runtime.earlyReturn` of null or undefined may fail the request. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'runtime.earlyReturn without an object' },
    messages: {
      empty:
        'AppSync may fail on earlyReturn without an object: put the result into ctx.stash, hand over `{}`, and answer from the stash (P1).',
    },
    schema: [],
  },
  create(context) {
    return {
      CallExpression(node) {
        const [result] = node.arguments;
        if (isCallOf(node, 'runtime', ['earlyReturn']) && !(result && isAnObject(context, unwrap(result)))) {
          context.report({ node, messageId: 'empty' });
        }
      },
    };
  },
};

/** Without types, names and calls pass. */
function isAnObject(context, node) {
  switch (node.type) {
    case 'ObjectExpression':
      return true;
    case 'ConditionalExpression':
      return isAnObject(context, unwrap(node.consequent)) && isAnObject(context, unwrap(node.alternate));
    case 'LogicalExpression':
      return (
        isAnObject(context, unwrap(node.right)) && (node.operator !== '&&' || isAnObject(context, unwrap(node.left)))
      );
    case 'Literal':
    case 'TemplateLiteral':
    case 'SpreadElement':
      return false;
    default:
      return !isNothing(node) && (typeOf(context, node) === null || isObject(context, node));
  }
}
