import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { maySee } from '../../domain/permissions';
import type { StoredEvent } from '../../domain/upcast';
import type { QueryTicketEventsArgs } from '../../generated/schema';
import { callerOf } from '../shared/caller';
import { eventPage, NO_EVENTS } from '../shared/page';
import { raiseFailure } from '../shared/raise';

/** Where no event was found: none more of a ticket that is there is an empty page. Looks only if it may have others. */
export function request(ctx: Context<QueryTicketEventsArgs>) {
  const { id, afterVersion, nextToken } = ctx.args;
  const mayHaveOthers = (afterVersion ?? 0) > 1 || nextToken;
  return ctx.prev.result !== null || !mayHaveOthers
    ? runtime.earlyReturn(ctx.prev.result)
    : get({ key: { ticketId: id, version: 1 }, consistentRead: true });
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  const first = ctx.result as StoredEvent | null;
  return first && maySee(callerOf(ctx), first.ticket) ? eventPage(NO_EVENTS) : null;
}
