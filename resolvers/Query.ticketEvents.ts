import type { Context } from '@aws-appsync/utils';
import { brokenId } from '../domain/rules';
import type { QueryTicketEventsArgs } from '../generated/schema';
import { check } from './shared/raise';

/** The events; where there are none, null unless the ticket exists. */
export function request(ctx: Context<QueryTicketEventsArgs>) {
  check(brokenId(ctx.args.id));
  return null;
}

export function response(ctx: Context) {
  return ctx.prev.result;
}
