import { ACCOUNT, REGION } from '../../cloudformation/account';
import type { ContextKeys } from './request-context';

/** As a template has it. */
export interface Tag {
  Key: string;
  Value: string;
}

/** AWS sends none of these for a role that neither a person nor an AWS service of its own accord uses, outside a VPC. */
const ABSENT = [
  'aws:username',
  'aws:SourceVpc',
  'aws:SourceVpcArn',
  'aws:SourceVpce',
  'aws:VpcSourceIp',
  'aws:SourceArn',
  'aws:SourceAccount',
  'aws:CalledVia',
  'aws:CalledViaFirst',
  'aws:CalledViaLast',
  'aws:PrincipalServiceName',
  'aws:PrincipalServiceNamesList',
  'aws:FederatedProvider',
  'aws:SourceIdentity',
];

/**
 * The context keys of every request of a role, as they would be on AWS: over TLS, in this account and region.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function roleContext(roleArn: string, tags: readonly Tag[] = []): ContextKeys {
  return {
    ...Object.fromEntries(ABSENT.map((key) => [key, null])),
    'aws:PrincipalArn': roleArn,
    'aws:PrincipalAccount': ACCOUNT,
    'aws:PrincipalType': 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:ViaAWSService': 'false',
    'aws:ResourceAccount': ACCOUNT,
    'aws:RequestedRegion': REGION,
    'aws:SecureTransport': 'true',
    'aws:PrincipalTag/*': null,
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value])),
  };
}
