import type { Context } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { ticketKey } from '../domain/view';
import type { QueryTicketArgs } from '../generated/schema';
import { raiseFailure } from './shared/raise';

export function request(ctx: Context<QueryTicketArgs>) {
  return get({ key: ticketKey(ctx.args.id) });
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  return ctx.result;
}
