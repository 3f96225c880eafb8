import { type Context, extensions, util } from '@aws-appsync/utils';
import type { SubscriptionOnTicketChangedArgs } from '../generated/schema';
import { callerOf } from './shared/caller';
import { raiseFailure } from './shared/raise';

/** Who hears of what (NONE data source): agents of every ticket, requesters of their own. */
export function request() {
  return { payload: null };
}

export function response(ctx: Context<SubscriptionOnTicketChangedArgs>) {
  raiseFailure(ctx);
  const { actor, role } = callerOf(ctx);
  const { id } = ctx.args;
  if (role === 'requester') {
    const own = { requester: { eq: actor } };
    extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter(id ? { ...own, id: { eq: id } } : own));
  }
  return null;
}
