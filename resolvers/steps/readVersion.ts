import type { Context } from '@aws-appsync/utils';
import { type StoredEvent, upcast } from '../../domain/upcast';
import type { QueryTicketArgs } from '../../generated/schema';
import { runtime } from '../shared/appsync';
import { get } from '../shared/dynamodb';
import { raiseFailure } from '../shared/raise';
import type { FoundTicket } from './readView';

/** Reads the ticket as of the version that was asked for, which its event carries; else leaves what the view gave. */
export function request(ctx: Context<QueryTicketArgs>) {
  const { id, version } = ctx.args;
  const { ticket } = ctx.prev.result as FoundTicket;
  return version == null
    ? runtime.earlyReturn({ ticket })
    : get({ key: { ticketId: id, version }, consistentRead: true });
}

export function response(ctx: Context): FoundTicket {
  raiseFailure(ctx);
  return { ticket: ctx.result ? upcast(ctx.result as StoredEvent).ticket : null };
}
