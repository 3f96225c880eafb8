import type { Context } from '@aws-appsync/utils';
import { brokenId, named } from '../domain/rules';
import type { QueryTicketEventsArgs } from '../generated/schema';
import { check } from './shared/raise';
import { checkUnicode } from './shared/unicode';

/** The events; where there are none, null unless the ticket exists. */
export function request(ctx: Context<QueryTicketEventsArgs>) {
  check(brokenId(ctx.args.id));
  checkUnicode([named('id', ctx.args.id)]);
  return {};
}

export function response(ctx: Context) {
  return ctx.prev.result.page;
}
