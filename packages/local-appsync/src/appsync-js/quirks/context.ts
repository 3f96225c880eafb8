import type { AnyNode } from 'acorn';
import { handlerBindings } from '../realm/factory';
import { functionOf } from '../realm/validate/functions';
import { isFunction, type Source } from '../realm/validate/source';
import { propertyOf, within } from './expressions';

/** What handlers read of their context. */

/** `result` of `ctx.result`, where ctx is what a handler was given. */
export function memberOfContext(source: Source, node: AnyNode): string | undefined {
  return node.type === 'MemberExpression' && isContext(source, node.object) ? propertyOf(node) : undefined;
}

function isContext(source: Source, node: AnyNode): boolean {
  const [definition] = source.bindingOf(node)?.variable.defs ?? [];
  const handler = definition?.type === 'Parameter' ? (definition.node as unknown as AnyNode) : undefined;
  return (
    isFunction(handler) && handler.params[0] === (definition?.name as unknown) && handlersOf(source).includes(handler)
  );
}

/** What is known already: each name in the code is asked about. */
const handlers = new WeakMap<Source, AnyNode[]>();

function handlersOf(source: Source): AnyNode[] {
  let known = handlers.get(source);
  if (!known) {
    const names = Object.values(handlerBindings(source.program));
    known = source.bindings.filter(({ name }) => names.includes(name)).flatMap((binding) => functionOf(binding) ?? []);
    handlers.set(source, known);
  }
  return known;
}

/** `ctx.error`, or something of it, is asked for. */
export function isTestOfError(source: Source, test: AnyNode): boolean {
  return within(source, test).some((node) => memberOfContext(source, node) === 'error');
}
