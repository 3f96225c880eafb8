import type { Context } from '@aws-appsync/utils';
import type { MutationPublishTicketChangeArgs } from '../generated/schema';
import { raiseFailure } from './shared/raise';

/** Passes the change through to the subscribers (NONE data source). */
export function request(ctx: Context<MutationPublishTicketChangeArgs>) {
  return { payload: ctx.args.change };
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  return ctx.result;
}
