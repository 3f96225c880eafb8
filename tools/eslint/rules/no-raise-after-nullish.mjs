import { below, functionOf, isCallOf, unwrap } from '../tree.mjs';
import { neverComesBack } from '../types.mjs';

/** A3: the right side of `??` runs even if the left has a value. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'A refusal on the right of ??' },
    messages: {
      raise:
        'AppSync may run the right side of `??` even if the left has a value: write `left ? left : …`, or an `if` before (A3).',
    },
    schema: [],
  },
  create(context) {
    const check = (node) => {
      if (raises(context, node.right, [])) {
        context.report({ node: node.right, messageId: 'raise' });
      }
    };
    return { 'LogicalExpression[operator="??"]': check, 'AssignmentExpression[operator="??="]': check };
  },
};

/** Whether it may end the request, or leave an error behind: itself, or what it calls in this file. */
function raises(context, node, visited) {
  return [...below(context, node)].some((part) => {
    if (part.type !== 'CallExpression') {
      return false;
    }
    const callee = unwrap(part.callee);
    const called = functionOf(context, callee);
    return (
      isCallOf(part, 'util', ['error', 'unauthorized', 'appendError']) ||
      isCallOf(part, 'runtime', ['earlyReturn']) ||
      isCallOf(part, 'extensions', [callee.property?.name]) ||
      ['raise', 'check'].includes(callee.name) ||
      neverComesBack(context, part) ||
      (called !== null && !visited.includes(called) && raises(context, called.body, [...visited, called]))
    );
  });
}
