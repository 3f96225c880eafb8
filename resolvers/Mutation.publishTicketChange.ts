import type { AppSyncIdentityIAM, Context } from '@aws-appsync/utils';
import type { MutationPublishTicketChangeArgs } from '../generated/schema';
import { util } from './shared/appsync';
import { raiseFailure } from './shared/raise';

/**
 * Passes the change through to the subscribers (NONE data source), for the projector's role alone: the schema lets IAM in,
 * and a policy of the account may let in more of it than this.
 */
export function request(ctx: Context<MutationPublishTicketChangeArgs>) {
  // arn:aws:sts::<account>:assumed-role/<role>/<session>
  const { userArn } = ctx.identity as AppSyncIdentityIAM;
  const resource = userArn.split(':').slice(5).join(':');
  const isProjector = resource.startsWith(`assumed-role/${ctx.env.PROJECTOR_ROLE}/`);
  // The projector of before there were audiences may still run while this is deployed.
  const { change } = ctx.args;
  return isProjector ? { payload: { ...change, audience: change.audience ?? 'ALL' } } : util.unauthorized();
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  return ctx.result;
}
