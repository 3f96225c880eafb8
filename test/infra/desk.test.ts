import { Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readdirSync } from 'node:fs';
import { stage, withSettings } from '../support/stages';
import { buildWeb } from '../web/browser';

const { app, desk: deployed } = stage('prod', withSettings('prod', { desk: true }));
const desk = deployed!;

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
    expect(broken.filter((finding) => !finding.includes('TicketsDesk/Custom::CDKBucketDeployment'))).toEqual([]);
  });

  test('is not there unless the settings of the stage say so', () => {
    expect(stage('prod', withSettings('prod', { desk: false })).desk).toBeUndefined();
  });
});

describe('pages and chunks', () => {
  interface Deployment {
    Properties: { Exclude?: string[]; Include?: string[]; Prune: boolean; SystemMetadata: Record<string, string> };
    DependsOn?: string[];
  }
  const deployments = Object.entries(desk.findResources('Custom::CDKBucketDeployment') as Record<string, Deployment>);
  const [chunks] = deployments.filter(([, { Properties }]) => Properties.Include);
  const [pages] = deployments.filter(([, { Properties }]) => !Properties.Include);

  test('a page is asked for each time, and its chunks, whose names change with them, never again', () => {
    expect(deployments).toHaveLength(2);
    expect(pages![1].Properties).toMatchObject({
      Exclude: ['*-????????.js'],
      SystemMetadata: { 'cache-control': 'no-cache' },
    });
    expect(chunks![1].Properties).toMatchObject({
      Exclude: ['*'],
      Include: ['*-????????.js'],
      SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
    });
  });

  test('a page of an earlier build finds its chunks, and a new one does not come before its own', () => {
    expect(deployments.map(([, { Properties }]) => Properties.Prune)).toEqual([false, false]);
    expect(pages![1].DependsOn).toEqual(expect.arrayContaining([chunks![0]]));
  });

  test('what is kept for ever has a name that the build made of its content', () => {
    buildWeb();
    const names = readdirSync('web/dist');
    const kept = names.filter((name) => /-.{8}\.js$/.test(name));
    expect(kept.filter((name) => !/-[A-Z0-9]{8}\.js$/.test(name))).toEqual([]);
    expect(names.filter((name) => !kept.includes(name)).sort()).toEqual([
      'desk.css',
      'desk.js',
      'explorer',
      'explorer.css',
      'explorer.js',
      'icon.svg',
      'index.html',
    ]);
  });
});
