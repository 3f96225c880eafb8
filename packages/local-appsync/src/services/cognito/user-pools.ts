import { LocalUserPool } from './user-pool';
import { REGION } from '../../cloudformation/account';
import type { Deployment } from '../../cloudformation/deployment';

/**
 * The local stand-in of each user pool of the deployment, by its id, in the order of the templates. Tokens are for the
 * pool's first app client; their key is kept in `directory`.
 */
export function localUserPools(deployment: Deployment, directory?: string): Map<string, LocalUserPool> {
  const clients = deployment.resources('AWS::Cognito::UserPoolClient');
  return new Map(
    deployment.resources('AWS::Cognito::UserPool').map(({ physical: { ref: poolId } }) => {
      const client = clients.find(({ properties }) => properties.UserPoolId === poolId);
      const clientId = client?.physical.ref ?? 'local';
      return [poolId, new LocalUserPool({ poolId, region: REGION, clientId, directory })];
    }),
  );
}
