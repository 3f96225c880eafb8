import { isCallOf, isNothing, isTypeof, textOf, unwrap } from '../tree.mjs';
import { mayBeNull, mayBeUndefined } from '../types.mjs';

const STRICT = ['===', '!=='];

/** A1, A2, A12: null may equal undefined, what was not sent may come as null, and undefined may become null in a map. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'Telling null from undefined, or from a key that is not there' },
    messages: {
      strict: 'AppSync may treat null and undefined as equal: write `{{operator}} null`, which covers both (A1, A2).',
      apart:
        'One side may be null and the other undefined, which AppSync may treat as equal: add `?? null` to the one that may be undefined (A1, A12).',
      typeof: 'AppSync may not tell undefined from null: write `== null`, which covers both (A1, A2).',
      switch: 'AppSync may treat null and undefined as the same case: test `== null` before the switch (A1).',
      void: 'Write null: AppSync may not tell undefined from null (A1, A12).',
      key: 'AppSync may add keys that were not sent, with null as value: test the value by `== null` (A2, A12).',
    },
    // esbuild writes `void 0` for undefined.
    schema: [{ type: 'object', properties: { isBundle: { type: 'boolean' } }, additionalProperties: false }],
  },
  create(context) {
    const isBundle = context.options[0]?.isBundle === true;
    const isApart = (left, right) => mayBeNull(context, left) && mayBeUndefined(context, right);
    return {
      BinaryExpression(node) {
        const { left, right, operator } = node;
        if (STRICT.includes(operator)) {
          if (isNothing(left) || isNothing(right)) {
            context.report({ node, messageId: 'strict', data: { operator: operator.slice(0, 2) } });
          } else if (isApart(left, right) || isApart(right, left)) {
            context.report({ node, messageId: 'apart' });
          }
        }
        const sides = [unwrap(left), unwrap(right)];
        if (sides.some(isTypeof) && sides.some((side) => textOf(side) === 'undefined')) {
          context.report({ node, messageId: 'typeof' });
        }
      },
      SwitchStatement(node) {
        for (const value of [node.discriminant, ...node.cases.flatMap(({ test }) => test ?? [])]) {
          if (isNothing(value)) {
            context.report({ node: value, messageId: 'switch' });
          }
        }
      },
      'UnaryExpression[operator="void"]'(node) {
        if (!isBundle) {
          context.report({ node, messageId: 'void' });
        }
      },
      CallExpression(node) {
        const asksForKey = ['includes', 'indexOf'].includes(node.callee.property?.name);
        if (
          isCallOf(node, 'Object', ['hasOwn']) ||
          node.callee.property?.name === 'hasOwnProperty' ||
          (asksForKey && isCallOf(unwrap(node.callee.object), 'Object', ['keys']))
        ) {
          context.report({ node, messageId: 'key' });
        }
      },
    };
  },
};
