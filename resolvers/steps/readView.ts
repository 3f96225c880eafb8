import type { Context } from '@aws-appsync/utils';
import type { Ticket } from '../../domain/ticket';
import { type TicketRow, ticketKey, ticketOf } from '../../domain/view';
import type { QueryTicketArgs } from '../../generated/schema';
import { runtime } from '../shared/appsync';
import { get } from '../shared/dynamodb';
import { raiseFailure } from '../shared/raise';

/** What was found: null if there is no such ticket. */
export interface FoundTicket {
  ticket: Ticket | null;
}

/** Reads the ticket's row, unless a version was asked for. */
export function request(ctx: Context<QueryTicketArgs>) {
  const { id, version } = ctx.args;
  return version == null ? get({ key: ticketKey(id) }) : runtime.earlyReturn({ ticket: null });
}

export function response(ctx: Context): FoundTicket {
  raiseFailure(ctx);
  return { ticket: ctx.result ? ticketOf(ctx.result as TicketRow) : null };
}
