import { ACCOUNT } from '../../cloudformation/account';
import type { Deployment } from '../../cloudformation/deployment';
import { StartError } from '../../shared/start-error';
import type { CredentialIssuer, Credentials } from './credentials';
import { Policies, type PolicyStatement } from './policy';
import { roleContext } from './role-context';

/** Hands out the roles of a deployment to whoever has started it, and roles that are not of the deployment. */
export class Assumer {
  constructor(
    private readonly deployment: Deployment,
    private readonly policies: ReadonlyMap<string, Policies>,
    private readonly credentials: CredentialIssuer,
  ) {}

  /** A role of the deployment, by its logical id, name or ARN. Throws UnknownRole. */
  role(reference: string): Credentials {
    const roles = this.deployment.resources('AWS::IAM::Role');
    const found = roles.find(({ logicalId, physical: { ref, attributes } }) =>
      [logicalId, ref, attributes.Arn].includes(reference),
    );
    if (!found) {
      throw new UnknownRole(
        reference,
        roles.map(({ logicalId }) => logicalId),
      );
    }
    const arn = String(found.physical.attributes.Arn);
    return this.issue(found.physical.ref, arn, this.policies.get(arn)!);
  }

  /** Somebody who may do what these statements allow. Throws MalformedPolicyError. */
  outsider(statements: readonly PolicyStatement[], roleName = 'local'): Credentials {
    const arn = `arn:aws:iam::${ACCOUNT}:role/${roleName}`;
    return this.issue(roleName, arn, new Policies(statements, roleContext(arn)));
  }

  private issue(roleName: string, roleArn: string, policies: Policies): Credentials {
    const { accessKeyId, secretAccessKey, sessionToken } = this.credentials.issue({
      roleArn,
      roleName,
      sessionName: 'local',
      policies,
    });
    return { accessKeyId, secretAccessKey, sessionToken };
  }
}

/** There is no such role: names those that there are. */
export class UnknownRole extends StartError {
  override readonly name = 'UnknownRole';
  constructor(reference: string, known: string[]) {
    super(`The app has no role ${reference}. It has ${known.join(', ') || 'none'}.`);
  }
}
