import type { HandlerContext } from '../types';

/** AppSync leaves these out of JSON.stringify(ctx.info); they must be read by name. */
const infoPrototype = {
  toJSON(this: Record<string, unknown>): Record<string, unknown> {
    const { selectionSetList: _list, selectionSetGraphQL: _text, ...rest } = this;
    return rest;
  },
};

/** `ctx` as a handler sees it: its own properties are fixed, `args` is `arguments`, `env` is read-only. */
export const openContext = (given: HandlerContext): Readonly<Record<string, unknown>> => {
  const { authType: _authType, ...ctx } = given;
  return Object.freeze({
    ...ctx,
    args: ctx.arguments,
    env: Object.freeze(ctx.env),
    info: Object.assign(Object.create(infoPrototype) as object, ctx.info),
  });
};
