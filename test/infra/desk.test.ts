import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context } from '../../cdk.json';
import { addStacks } from '../../infra/stacks';
import { WebStack } from '../../infra/web-stack';

const pages = mkdtempSync(join(tmpdir(), 'pages-'));
writeFileSync(join(pages, 'index.html'), '<p>desk</p>');
afterAll(() => rmSync(pages, { recursive: true }));

const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [], stage: 'prod' } });
const stack = new WebStack(app, 'Desk', { ...addStacks(app), pages });
const desk = Template.fromStack(stack);

describe('the hosted desk', () => {
  test('is in a bucket that the CDN alone reads', () => {
    desk.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        ...{ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      },
    });
    desk.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Action: 's3:GetObject',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Condition: { StringEquals: { 'AWS:SourceArn': Match.anyValue() } },
          }),
        ]),
      },
    });
    desk.resourceCountIs('AWS::CloudFront::OriginAccessControl', 1);
  });

  test('comes over TLS alone, with headers that let it load and talk to nothing else', () => {
    desk.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https' } },
    });
    const [headers] = Object.values(desk.findResources('AWS::CloudFront::ResponseHeadersPolicy'));
    const policy = JSON.stringify(headers);
    for (const rule of [
      "default-src 'self'",
      "object-src 'none'",
      "frame-ancestors 'none'",
      'GraphQLUrl',
      'RealtimeUrl',
    ]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toContain("script-src 'unsafe");
  });

  test('breaks none of the AWS Solutions rules, but where a reason is given, and in what CDK copies pages with', () => {
    const broken = new AwsSolutionsChecks(app)
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath = '' }) => `${ruleName} ${constructPath}`),
      );
    expect(broken).not.toEqual([]);
    // Its function and its role are CDK's own.
    expect(broken.filter((finding) => !finding.includes('Desk/Custom::CDKBucketDeployment'))).toEqual([]);
  });

  test('is not there unless it is asked for', () => {
    const without = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
    addStacks(without);
    expect(without.node.children.map(({ node }) => node.id)).not.toContain('TicketsDesk');
  });
});
