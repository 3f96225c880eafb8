import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { type StoredEvent, upcast } from '../../domain/upcast';
import type { QueryTicketArgs } from '../../generated/schema';
import { raiseFailure } from '../shared/raise';

/** Reads the ticket as of the version that was asked for, which its event carries; else leaves what the view gave. */
export function request(ctx: Context<QueryTicketArgs>) {
  const { id, version } = ctx.args;
  return typeof version === 'number'
    ? get({ key: { ticketId: id, version }, consistentRead: true })
    : runtime.earlyReturn(ctx.prev.result);
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  return ctx.result ? upcast(ctx.result as StoredEvent).ticket : null;
}
