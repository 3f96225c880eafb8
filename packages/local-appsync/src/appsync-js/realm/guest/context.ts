import type { HandlerContext } from '../types';
import { applies } from './quirks/applied';
import { stored } from './quirks/N1';

/** AppSync leaves these out of JSON.stringify(ctx.info); they must be read by name. */
const infoPrototype = {
  toJSON(this: Record<string, unknown>): Record<string, unknown> {
    const { selectionSetList: _list, selectionSetGraphQL: _text, ...rest } = this;
    return rest;
  },
};

/** `ctx` as a handler sees it: its own properties are fixed, `args` is `arguments`, `env` is read-only. */
export function openContext(given: HandlerContext): Readonly<Record<string, unknown>> {
  const { authType: _authType, ...ctx } = given;
  // JSON does not tell which numbers were DynamoDB's, so all that may have been are.
  if (applies('N1')) {
    for (const part of ['result', 'prev', 'source', 'stash'] as const) {
      ctx[part] = stored(ctx[part]) as never;
    }
  }
  return Object.freeze({
    ...ctx,
    args: ctx.arguments,
    env: Object.freeze(ctx.env),
    info: Object.assign(Object.create(infoPrototype) as object, ctx.info),
  });
}
