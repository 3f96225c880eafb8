import type { AnyNode } from 'acorn';
import { handlerBindings } from '../factory';
import { functionOf } from './functions';
import { isFunction, problemAt, type Rule, type Source } from './source';

/** `member` is what an assignment, a delete or a loop writes to. */
function isWritten(member: AnyNode, parent: AnyNode | undefined): boolean {
  return (
    (parent?.type === 'AssignmentExpression' && parent.left === member) ||
    (parent?.type === 'UnaryExpression' && parent.operator === 'delete') ||
    ((parent?.type === 'ForInStatement' || parent?.type === 'ForOfStatement') && parent.left === member)
  );
}

/** The name of each handler's first parameter, with the handler it belongs to. */
function contexts({ program, bindings }: Source) {
  const locals = Object.values(handlerBindings(program));
  return bindings.flatMap((binding) => {
    const handler = locals.includes(binding.name) ? functionOf(binding) : undefined;
    const first = isFunction(handler) ? handler.params[0] : undefined;
    if (first?.type !== 'Identifier') {
      return [];
    }
    return bindings.filter(({ variable }) => variable.identifiers.some((each) => (each as unknown) === first));
  });
}

/** Writes to `ctx` or to its own properties; the contents of args, result and stash are free (as in AppSync's lint rule). */
export const contextWrites: Rule = (source) =>
  contexts(source).flatMap(({ name, uses }) =>
    uses.flatMap(({ identifier, isWrite }) => {
      if (isWrite) {
        return [problemAt(identifier, `${name} is read-only`)];
      }
      const parent = source.parentOf(identifier);
      if (parent?.type !== 'MemberExpression' || parent.object !== identifier) {
        return [];
      }
      return isWritten(parent, source.parentOf(parent))
        ? [problemAt(parent, `the properties of ${name} are read-only; put values into ${name}.stash`)]
        : [];
    }),
  );
