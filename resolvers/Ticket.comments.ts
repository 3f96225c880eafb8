import type { Context } from '@aws-appsync/utils';
import { mayRead } from '../domain/disclosure';
import type { Ticket } from '../domain/ticket';
import { commentKey, type CommentRow } from '../domain/view';
import type { TicketCommentsArgs } from '../generated/schema';
import { runtime } from './shared/appsync';
import { callerOf } from './shared/caller';
import { query } from './shared/dynamodb';
import { pageSize, tokenAfter, versionBefore } from './shared/page';
import { raiseFailure } from './shared/raise';

/**
 * The comments of the ticket as of its version, which may be one of long ago. Notes stand among them, so a requester's
 * page may be shorter than the one that was read.
 */
export function request(ctx: Context<TicketCommentsArgs>) {
  const { id, version } = ctx.source as Ticket;
  const { limit, nextToken } = ctx.args;
  const size = pageSize(limit);
  const before = versionBefore(nextToken, 'comments', id);
  // DynamoDB refuses a range that ends before it begins.
  return before >= version
    ? runtime.earlyReturn({ items: [], nextToken: null })
    : query({
        query: { ticketId: { eq: id }, row: { between: [commentKey(before + 1), commentKey(version)] } },
        limit: size,
      });
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  const { id } = ctx.source as Ticket;
  const page = ctx.result as { items: CommentRow[]; nextToken: string | null };
  const { role } = callerOf(ctx);
  const items = page.items
    .filter((row) => mayRead(role, row))
    .map((row) => ({ ...row, visibility: row.visibility ?? 'PUBLIC' }));
  return { items, nextToken: tokenAfter(page, 'comments', id) };
}
