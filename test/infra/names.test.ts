import type { CloudFormation } from '../support/cloudformation';
import { stage, withSettings } from '../support/stages';

/** Types whose names are taken for the whole account, in every region, and where the name is. */
const GLOBAL: Record<string, (properties: Record<string, unknown>) => unknown> = {
  'AWS::CloudWatch::Dashboard': ({ DashboardName }) => DashboardName,
  'AWS::CloudFront::CachePolicy': ({ CachePolicyConfig }) => nameOf(CachePolicyConfig),
  'AWS::CloudFront::Function': ({ Name }) => Name,
  'AWS::CloudFront::OriginAccessControl': ({ OriginAccessControlConfig }) => nameOf(OriginAccessControlConfig),
  'AWS::CloudFront::OriginRequestPolicy': ({ OriginRequestPolicyConfig }) => nameOf(OriginRequestPolicyConfig),
  'AWS::CloudFront::ResponseHeadersPolicy': ({ ResponseHeadersPolicyConfig }) => nameOf(ResponseHeadersPolicyConfig),
  'AWS::IAM::ManagedPolicy': ({ ManagedPolicyName }) => ManagedPolicyName,
  'AWS::IAM::Role': ({ RoleName }) => RoleName,
  'AWS::S3::Bucket': ({ BucketName }) => BucketName,
};

function nameOf(config: unknown) {
  return (config as { Name?: unknown }).Name;
}

test.each(['dev', 'prod'] as const)('names of %s that are the account’s carry the stage and the region', (name) => {
  const { data, api, desk } = stage(name, withSettings(name, { desk: true }));
  const resources = [data, api, desk!].flatMap((each) => Object.values((each.toJSON() as CloudFormation).Resources));
  // Without a name CloudFormation makes one that nobody else has.
  const names = resources
    .map(({ Type, Properties = {} }) => GLOBAL[Type]?.(Properties))
    .filter((given) => given !== undefined)
    .map((given) => JSON.stringify(given));
  expect(names).toHaveLength(3);
  expect(names.filter((given) => !given.includes(`-${name}-`) || !given.includes('"Ref":"AWS::Region"'))).toEqual([]);
});
