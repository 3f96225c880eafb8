import type { AnyNode } from 'acorn';
import { functionOf } from './functions';
import { problemAt, type Binding, type Rule } from './source';

interface Callable {
  binding: Binding;
  body: AnyNode;
}

function isInside(inner: AnyNode, outer: AnyNode): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** The shortest way from `start` back to itself, or undefined. */
function cycleFrom(start: Callable, callees: (caller: Callable) => Callable[]): Callable[] | undefined {
  const seen = new Set<Callable>();
  const paths: Callable[][] = [[start]];
  for (const path of paths) {
    const last = path[path.length - 1] ?? start;
    for (const callee of callees(last)) {
      if (callee === start) {
        return [...path, start];
      }
      if (seen.has(callee)) {
        continue;
      }
      seen.add(callee);
      paths.push([...path, callee]);
    }
  }
  return undefined;
}

/** Functions that reach themselves, directly or through others. */
export const recursion: Rule = ({ bindings }) => {
  const callables = bindings.flatMap((binding) => {
    const body = functionOf(binding);
    return body ? [{ binding, body }] : [];
  });
  const callees = (caller: Callable): Callable[] =>
    callables.filter(({ binding }) =>
      binding.uses.some(({ identifier, isWrite }) => !isWrite && isInside(identifier, caller.body)),
    );
  return callables.flatMap((callable) => {
    const cycle = cycleFrom(callable, callees);
    const way = cycle?.map(({ binding }) => binding.name).join(' → ');
    return way === undefined ? [] : [problemAt(callable.body, `recursion is not supported: ${way}`)];
  });
};
