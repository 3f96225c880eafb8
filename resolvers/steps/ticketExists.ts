import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { QueryTicketEventsArgs } from '../../generated/schema';
import { eventPage, NO_EVENTS } from '../shared/page';
import { raiseFailure } from '../shared/raise';

/** Where no event was found: none yet of a ticket that exists is an empty page. Looks only if it may have others. */
export function request(ctx: Context<QueryTicketEventsArgs>) {
  const { id, afterVersion } = ctx.args;
  const found = ctx.prev.result !== null || (afterVersion ?? 0) <= 1;
  return found
    ? runtime.earlyReturn(ctx.prev.result)
    : get({ key: { ticketId: id, version: 1 }, consistentRead: true });
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  return ctx.result ? eventPage(NO_EVENTS) : null;
}
