import type { ForOfStatement, ReturnStatement } from 'acorn';
import { handlerBindings } from '../realm/factory';
import { functionOf } from '../realm/validate/functions';
import { isFunction, type Source } from '../realm/validate/source';
import { excerpt, functionAround } from './expressions';
import type { Quirk } from './quirk';

export const L7: Quirk = {
  id: 'L7',
  title: 'return inside for…of inside a helper ends the loop alone',
  source: 'an open question',
  certainty: 'nobody',
  find: (source) =>
    returnsInLoops(source).map(([node]) => ({
      node,
      what: `${excerpt(source, node)} ends the loop, not the function`,
      instead: 'keep the value in a variable and return it after the loop, or use find or some',
    })),
  rewrite: (source, rewriting) => {
    for (const [node, loop] of returnsInLoops(source)) {
      const label = `${rewriting.guest}${loop.start}`;
      const { argument, start, end } = node;
      const call = rewriting.start('notReturned', node);
      if (argument) {
        rewriting.replace(start, start + 'return'.length, `{${call}`);
        rewriting.replace(argument.end, end, `);break ${label};}`);
      } else {
        rewriting.replace(start, end, `{${call.slice(0, -1)});break ${label};}`);
      }
    }
    for (const loop of new Set(returnsInLoops(source).map(([, each]) => each))) {
      rewriting.wrap(loop, ` ${rewriting.guest}${loop.start}:`, '');
    }
  },
};

/** `return` with the innermost for…of that it is in. */
function returnsInLoops(source: Source): [ReturnStatement, ForOfStatement][] {
  const exported = Object.values(handlerBindings(source.program));
  const handlers = source.bindings
    .filter(({ name, variable }) => exported.includes(name) && variable.scope.type === 'module')
    .map((binding) => functionOf(binding));
  return source.ofType('ReturnStatement').flatMap((node): [ReturnStatement, ForOfStatement][] => {
    if (handlers.includes(functionAround(source, node))) {
      return [];
    }
    let at = source.parentOf(node);
    while (at && !isFunction(at) && at.type !== 'ForOfStatement') {
      at = source.parentOf(at);
    }
    return at?.type === 'ForOfStatement' ? [[node, at]] : [];
  });
}
