import { rolePolicies } from '../../../src/services/iam/roles';
import { deploymentOf } from '../../cloudformation/deployments';

const ARN = 'arn:aws:iam::000000000000:role/Projector';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:queue';

/** Whether the role `Projector` may send to a queue under this condition. */
function mayUnder(condition: Record<string, unknown>): boolean {
  const statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*', Condition: condition };
  const deployment = deploymentOf({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: 'Projector', Tags: [{ Key: 'stage', Value: 'dev' }] },
      },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'P', Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: [statement] } },
      },
    },
  });
  return rolePolicies(deployment).get(ARN)!.allows('sqs:SendMessage', QUEUE);
}

test.each<[name: string, condition: Record<string, unknown>]>([
  ['its ARN', { ArnEquals: { 'aws:PrincipalArn': ARN } }],
  ['its account, as the template has it', { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } }],
  ['the region, as the template has it', { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } }],
  ['TLS, which AWS SDKs use there', { Bool: { 'aws:SecureTransport': 'true' } }],
  ['a tag of its own', { StringEquals: { 'aws:PrincipalTag/stage': 'dev' } }],
  ['the lack of a tag', { Null: { 'aws:PrincipalTag/team': 'true' } }],
  ['the lack of a VPC', { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }],
])('a role may do what depends on %s', (_, condition) => {
  expect(mayUnder(condition)).toBe(true);
});

test.each<[name: string, condition: Record<string, unknown>]>([
  ['another ARN', { ArnEquals: { 'aws:PrincipalArn': `${ARN}2` } }],
  ['another region', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }],
  ['another value of its tag', { StringEquals: { 'aws:PrincipalTag/stage': 'prod' } }],
  ['the account of a calling service', { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }],
  ['what only AWS knows', { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['x'] } }],
])('a role may not do what depends on %s', (_, condition) => {
  expect(mayUnder(condition)).toBe(false);
});
