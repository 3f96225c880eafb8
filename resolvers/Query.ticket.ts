import type { Context } from '@aws-appsync/utils';

/** From the view, or from the log as of a version. */
export function request() {
  return null;
}

export function response(ctx: Context) {
  return ctx.prev.result;
}
