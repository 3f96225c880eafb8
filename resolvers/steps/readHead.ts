import type { Context } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import type { TicketCommand } from '../../domain/commands';
import type { TicketEvent } from '../../domain/events';
import { raiseFailure } from '../shared/raise';

/** Reads the newest event of the command's ticket: one strongly consistent read, however long the history. */
export function request(ctx: Context) {
  const { ticketId } = ctx.stash.command as TicketCommand;
  return query({
    query: { ticketId: { eq: ticketId } },
    scanIndexForward: false,
    limit: 1,
    consistentRead: true,
  });
}

export function response(ctx: Context): TicketEvent | null {
  raiseFailure(ctx);
  return ctx.result.items[0] ?? null;
}
