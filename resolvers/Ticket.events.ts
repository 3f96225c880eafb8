import type { Context } from '@aws-appsync/utils';
import type { Ticket } from '../domain/ticket';
import type { TicketEventsArgs } from '../generated/schema';
import { runtime } from './shared/appsync';
import { query } from './shared/dynamodb';
import { eventPage, NO_EVENTS, pageSize, type StoredPage } from './shared/page';
import { raiseFailure } from './shared/raise';

/** The events that led to the ticket as of its version, which may be one of long ago. */
export function request(ctx: Context<TicketEventsArgs>) {
  const { id, version } = ctx.source as Ticket;
  const { limit, nextToken } = ctx.args;
  const size = pageSize(limit);
  const after = ctx.args.afterVersion ?? 0;
  // DynamoDB refuses a range that ends before it begins.
  return after >= version
    ? runtime.earlyReturn(eventPage(NO_EVENTS))
    : query({
        query: { ticketId: { eq: id }, version: { between: [after + 1, version] } },
        limit: size,
        nextToken,
        consistentRead: true,
      });
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  return eventPage(ctx.result as StoredPage);
}
