import type { Context } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import type { QueryTicketEventsArgs } from '../../generated/schema';
import { eventPage, pageSize, type StoredPage } from '../shared/page';
import { raiseFailure } from '../shared/raise';

/**
 * Reads the events after a version, and on the first page the event of that version too: where it is, the ticket is, so
 * that one read tells a client that has caught up from one that asks for what never was.
 */
export function request(ctx: Context<QueryTicketEventsArgs>) {
  const { id, limit, nextToken } = ctx.args;
  const after = ctx.args.afterVersion ?? 0;
  const extra = after > 0 && !nextToken ? 1 : 0;
  return query({
    query: { ticketId: { eq: id }, version: { ge: after } },
    limit: pageSize(limit) + extra,
    nextToken,
    consistentRead: true,
  });
}

/** A page, or null if nothing was found. A later page may be empty: something came before it. */
export function response(ctx: Context<QueryTicketEventsArgs>) {
  raiseFailure(ctx);
  const { nextToken } = ctx.args;
  const after = ctx.args.afterVersion ?? 0;
  const found = ctx.result as StoredPage;
  return found.items.length === 0 && !nextToken
    ? null
    : eventPage({ ...found, items: found.items.filter(({ version }) => version > after) });
}
