import type { AnyNode } from 'acorn';
import type { Source } from '../realm/validate/source';
import { excerpt } from './expressions';
import type { Quirk } from './quirk';

export const A9: Quirk = {
  id: 'A9',
  title: 'a?.b.c() goes on to c when a is not there',
  source: 'an open question',
  certainty: 'nobody',
  find: (source) =>
    cuts(source).map((node) => ({
      node,
      what: `what follows ${excerpt(source, node)} is evaluated even when that is not there`,
      instead: 'write a ? a.b.c() : undefined, or ?. at each step',
    })),
  rewrite: (source, rewriting) => {
    for (const node of cuts(source)) {
      rewriting.call('cut', node);
    }
  },
};

/** `a?.b` and `a?.b()` before a step without `?.` of its own. */
function cuts(source: Source): AnyNode[] {
  return source.nodes.flatMap((node) => {
    if ((node.type !== 'MemberExpression' && node.type !== 'CallExpression') || !node.optional) {
      return [];
    }
    // A call right behind is one with what it calls.
    const parent = source.parentOf(node);
    const unit = parent?.type === 'CallExpression' && parent.callee === node && !parent.optional ? parent : node;
    const next = source.parentOf(unit);
    const goesOn =
      (next?.type === 'MemberExpression' && next.object === unit) ||
      (next?.type === 'CallExpression' && next.callee === unit);
    return goesOn && !next.optional ? [unit] : [];
  });
}
