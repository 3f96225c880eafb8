import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import type { CfnGraphQLApi } from 'aws-cdk-lib/aws-appsync';
import {
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { join } from 'node:path';
import type { ApiStack } from './api-stack';
import type { DataStack } from './data-stack';

const DIST = join(__dirname, '..', 'web', 'dist');

export interface WebStackProps extends StackProps {
  api: ApiStack;
  data: DataStack;
  /** What `npm run build:web` wrote. */
  pages?: string;
}

/** The ticket desk, hosted: a bucket that only its CDN reads, and the configuration that leads it to the API. */
export class WebStack extends Stack {
  constructor(scope: Construct, id: string, { api: { api }, data: { users }, pages = DIST, ...props }: WebStackProps) {
    super(scope, id, props);

    const bucket = new Bucket(this, 'Pages', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // Built from the sources at any time.
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    const { userPoolId } = users.pool;
    const { attrRealtimeUrl } = api.node.defaultChild as CfnGraphQLApi;
    const distribution = new Distribution(this, 'Cdn', {
      comment: 'Ticket desk',
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: this.headers([
          api.graphqlUrl,
          attrRealtimeUrl,
          `https://cognito-idp.${this.region}.amazonaws.com`,
        ]),
      },
    });
    new BucketDeployment(this, 'Upload', {
      destinationBucket: bucket,
      sources: [
        // The explorer asks with keys and made-up users: for the local system.
        Source.asset(pages, { exclude: ['explorer', 'explorer/**', 'explorer.*'] }),
        Source.jsonData('config.json', {
          endpoint: api.graphqlUrl,
          region: this.region,
          userPool: { userPoolId, userPoolClientId: users.webClient.userPoolClientId },
        }),
      ],
      distribution,
      prune: true,
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Public pages, read by the CDN alone: who asked for which of them is no secret to be kept or found out.',
    });
    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'Where people may work from is for those who run the desk to say.' },
      {
        id: 'AwsSolutions-CFR2',
        reason: 'Static files from a cache: the firewall stands before the API, which does the work.',
      },
      { id: 'AwsSolutions-CFR3', reason: 'Public pages: the API logs who did what, and nothing else is done here.' },
      {
        id: 'AwsSolutions-CFR4',
        reason: 'The certificate of cloudfront.net allows old TLS; a domain and a certificate of your own do not.',
      },
    );
    new CfnOutput(this, 'DeskUrl', { value: `https://${distribution.distributionDomainName}` });
  }

  /** Nothing is loaded or framed from elsewhere, and only the API and the sign-in are talked to. */
  private headers(connectTo: string[]): ResponseHeadersPolicy {
    const policy = [
      "default-src 'self'",
      `connect-src 'self' ${connectTo.join(' ')}`,
      // The list places its rows by the style of each.
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ];
    return new ResponseHeadersPolicy(this, 'Headers', {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: policy.join('; '), override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
      },
    });
  }
}
