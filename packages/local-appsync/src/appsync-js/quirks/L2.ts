import type { AnyNode } from 'acorn';
import { excerpt, methodOf, textOf, within } from './expressions';
import type { Quirk } from './quirk';

/** Acts together with L1. */
export const L2: Quirk = {
  id: 'L2',
  title: 'for…of does not visit what is appended during the loop',
  source: 'public repositories',
  certainty: 'two',
  find: (source) =>
    source.ofType('ForOfStatement').flatMap(({ right, body }) => {
      const appendsTo = (node: AnyNode): boolean =>
        node.type === 'CallExpression' &&
        node.callee.type === 'MemberExpression' &&
        ['push', 'unshift', 'splice'].includes(methodOf(node) ?? '') &&
        textOf(source, node.callee.object) === textOf(source, right);
      return within(source, body)
        .filter(appendsTo)
        .map((node) => ({
          node,
          what: `the loop does not visit what ${excerpt(source, node)} appends`,
          instead: 'append to another list, and go over that one next',
        }));
    }),
};
