import type { AppSyncIdentityCognito, AppSyncIdentityIAM, Context } from '@aws-appsync/utils';
import { API_KEY, type Caller, iamIdentity } from '../../domain/caller';
import { util } from './appsync';

/**
 * Who is calling, and whether an agent. An API key names nobody: the key itself is the actor. Whoever signs with IAM has
 * been let in by a policy of the account, field by field: a service or an operator, so an agent.
 */
export function callerOf(ctx: Context): Caller {
  switch (util.authType()) {
    case 'User Pool Authorization': {
      const { username, claims } = ctx.identity as AppSyncIdentityCognito;
      const groups = (claims['cognito:groups'] ?? []) as string[];
      return { actor: username, role: groups.indexOf('agents') >= 0 ? 'agent' : 'requester' };
    }
    case 'IAM Authorization':
      return { actor: iamIdentity((ctx.identity as AppSyncIdentityIAM).userArn), role: 'agent' };
    case 'API Key Authorization':
      return { actor: API_KEY, role: 'agent' };
    default:
      return util.unauthorized();
  }
}
