import type { Deployment } from '../../cloudformation/deployment';
import { ACCOUNT } from '../../cloudformation/account';
import { byName, hash, type ResourceTypes } from '../../cloudformation/physical';
import type { DeployedService, Service } from '../service';
import { Assumer } from './assumer';
import { CredentialIssuer } from './credentials';
import type { Policies } from './policy';
import { rolePolicies } from './roles';

/** What the services find out about the roles of a deployment. */
export interface DeployedRoles extends DeployedService {
  /** Knows whoever holds credentials of this system. */
  readonly credentials: CredentialIssuer;
  /** What each role of the deployment may do, by its ARN. A role from outside of it may do what nobody here can know. */
  readonly policies: ReadonlyMap<string, Policies>;
  readonly assumer: Assumer;
}

/** IAM and STS: the policies of roles, and the credentials of those who assume them. */
export const iam: Service<DeployedRoles, Record<never, never>> = {
  name: 'iam',
  needs: {},
  resourceTypes: {
    'AWS::IAM::Role': (name, value) => {
      const role = String(value('RoleName') ?? name);
      return { ref: role, attributes: { Arn: `arn:aws:iam::${ACCOUNT}:role/${role}`, RoleId: `AROA${hash(role)}` } };
    },
    'AWS::IAM::Policy': byName,
    'AWS::IAM::ManagedPolicy': byName,
  } satisfies ResourceTypes,
  start: () => {
    const credentials = new CredentialIssuer();
    return {
      deploy: (deployment: Deployment) => {
        const policies = rolePolicies(deployment);
        return { credentials, policies, assumer: new Assumer(deployment, policies, credentials) };
      },
    };
  },
};
