import type { Context } from '@aws-appsync/utils';
import type { Ticket } from '../domain/ticket';
import type { TicketEventsArgs } from '../generated/schema';
import { runtime } from './shared/appsync';
import { callerOf } from './shared/caller';
import { query } from './shared/dynamodb';
import { eventPage, NO_EVENTS, pageSize, type StoredPage, tokenAfter, versionBefore } from './shared/page';
import { raiseFailure } from './shared/raise';

/** The events that led to the ticket as of its version, which may be one of long ago. */
export function request(ctx: Context<TicketEventsArgs>) {
  const { id, version } = ctx.source as Ticket;
  const { limit, nextToken } = ctx.args;
  const size = pageSize(limit);
  const after = Math.max(ctx.args.afterVersion ?? 0, versionBefore(nextToken, 'events', id));
  // DynamoDB refuses a range that ends before it begins.
  return after >= version
    ? runtime.earlyReturn(NO_EVENTS)
    : query({
        query: { ticketId: { eq: id }, version: { between: [after + 1, version] } },
        limit: size,
        consistentRead: true,
      });
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  const { id } = ctx.source as Ticket;
  const page = ctx.result as StoredPage;
  return eventPage({ ...page, nextToken: tokenAfter(page, 'events', id) }, callerOf(ctx));
}
