import type { Context } from '@aws-appsync/utils';
import type { QueryTicketsArgs } from '../generated/schema';
import { callerOf } from './shared/caller';
import { beginList, endList, type List } from './shared/list';

/** Begins the page, which the steps fill. */
export function request(ctx: Context<QueryTicketsArgs>) {
  ctx.stash.list = beginList(ctx.args, callerOf(ctx));
  return {};
}

export function response(ctx: Context) {
  return endList(ctx.stash.list as List, callerOf(ctx));
}
