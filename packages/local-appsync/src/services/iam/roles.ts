import type { Deployment } from '../../cloudformation/deployment';
import { Policies, type PolicyStatement } from './policy';
import { roleContext, type Tag } from './role-context';

interface PolicyDocument {
  Statement: PolicyStatement | PolicyStatement[];
}

/** What each role of the deployment may do, by the role's ARN: its inline policies and those attached to it. */
export function rolePolicies(deployment: Deployment): Map<string, Policies> {
  const attached = deployment.resources('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy');
  return new Map(
    deployment.resources('AWS::IAM::Role').map(({ physical, properties }) => {
      const inline = (properties.Policies ?? []) as { PolicyDocument: PolicyDocument }[];
      const documents = [
        ...inline.map(({ PolicyDocument }) => PolicyDocument),
        ...attached
          .filter(({ properties: { Roles } }) => ((Roles ?? []) as unknown[]).includes(physical.ref))
          .map(({ properties: { PolicyDocument } }) => PolicyDocument as PolicyDocument),
      ];
      const arn = String(physical.attributes.Arn);
      const statements = documents.flatMap(({ Statement }) => Statement);
      return [arn, new Policies(statements, roleContext(arn, (properties.Tags ?? []) as Tag[]))];
    }),
  );
}
