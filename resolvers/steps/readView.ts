import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { ticketKey } from '../../domain/view';
import type { QueryTicketArgs } from '../../generated/schema';
import { raiseFailure } from '../shared/raise';

/** Reads the ticket's row, unless a version was asked for. */
export function request(ctx: Context<QueryTicketArgs>) {
  const { id, version } = ctx.args;
  return typeof version === 'number' ? runtime.earlyReturn(null) : get({ key: ticketKey(id) });
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  return ctx.result;
}
