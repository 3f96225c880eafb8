import type { Context } from '@aws-appsync/utils';
import type { TicketCommand } from '../../domain/commands';
import type { TicketEvent } from '../../domain/events';
import { first } from '../../domain/portable';
import { type StoredEvent, upcast } from '../../domain/upcast';
import { query } from '../shared/dynamodb';
import { raiseFailure } from '../shared/raise';

/** What append decides on. */
export interface Head {
  head: TicketEvent | null;
}

/** Reads the newest event of the command's ticket: one strongly consistent read, however long the history. */
export function request(ctx: Context) {
  const command = ctx.stash.command as TicketCommand;
  return query({
    query: { ticketId: { eq: command.ticketId } },
    scanIndexForward: false,
    limit: 1,
    consistentRead: true,
  });
}

export function response(ctx: Context): Head {
  raiseFailure(ctx);
  const head = first(ctx.result.items as StoredEvent[]);
  return { head: head ? upcast(head) : null };
}
