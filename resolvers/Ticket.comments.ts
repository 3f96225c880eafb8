import type { Context } from '@aws-appsync/utils';
import type { Ticket } from '../domain/ticket';
import { commentKey } from '../domain/view';
import type { TicketCommentsArgs } from '../generated/schema';
import { query } from './shared/dynamodb';
import { pageSize } from './shared/page';
import { raiseFailure } from './shared/raise';

/** The comments of the ticket as of its version, which may be one of long ago. */
export function request(ctx: Context<TicketCommentsArgs>) {
  const { id, version } = ctx.source as Ticket;
  const { limit, nextToken } = ctx.args;
  return query({
    query: { ticketId: { eq: id }, row: { between: [commentKey(1), commentKey(version)] } },
    limit: pageSize(limit),
    nextToken,
  });
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  const { items, nextToken } = ctx.result;
  return { items, nextToken };
}
