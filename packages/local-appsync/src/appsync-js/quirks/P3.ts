import type { AnyNode } from 'acorn';
import { handlerBindings } from '../realm/factory';
import { functionOf } from '../realm/validate/functions';
import { isFunction, type Source } from '../realm/validate/source';
import { excerpt, functionAround, isNullish } from './expressions';
import type { Quirk } from './quirk';

/** Acts in the pipeline: local/appsync/resolver.ts. A data source takes no null, so a null there is a before step's. */
export const P3: Quirk = {
  id: 'P3',
  title: 'the first function sees {} as ctx.prev.result when the before step returned null',
  source: 'an open question',
  certainty: 'nobody',
  find: (source) =>
    nullReturns(source).map((node) => ({
      node,
      what: `after ${excerpt(source, node)} the first function may see {} as ctx.prev.result`,
      instead: 'return {} and keep what functions need in ctx.stash',
    })),
};

/** What a before step hands to the first function. */
export function seenByFirst(result: unknown): unknown {
  return result ?? {};
}

function nullReturns(source: Source): AnyNode[] {
  const local = handlerBindings(source.program).request;
  const binding = source.bindings.find(({ name, variable }) => name === local && variable.scope.type === 'module');
  const handler = binding && functionOf(binding);
  if (!isFunction(handler)) {
    return [];
  }
  if (handler.body.type !== 'BlockStatement') {
    return isNullish(handler.body) ? [handler.body] : [];
  }
  return source
    .ofType('ReturnStatement')
    .filter((node) => functionAround(source, node) === handler && (!node.argument || isNullish(node.argument)));
}
