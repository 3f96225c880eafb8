import type { Context } from '@aws-appsync/utils';

/** What readDescription found. */
export function request() {
  return {};
}

export function response(ctx: Context): string | null {
  return ctx.prev.result.description;
}
