import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import {
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  PriceClass,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiStack } from './api-stack';
import type { DataStack } from './data-stack';
import type { Stage } from './stage';

const DIST = join(__dirname, '..', 'web', 'dist');

/** What the pages' build names after its content, so that nothing else ever has this name. */
const NAMED_BY_CONTENT = ['*-????????.js'];

/** The explorer asks with keys and made-up users: for the local system. */
const EXPLORER = ['explorer', 'explorer/**', 'explorer.*'];

export interface WebStackProps extends StackProps {
  stage: Stage;
  api: ApiStack;
  data: DataStack;
  /** What `npm run build:web` wrote. */
  pages?: string;
}

/** The ticket desk, hosted: a bucket that only its CDN reads, and the configuration that leads it to the API. */
export class WebStack extends Stack {
  constructor(scope: Construct, id: string, { stage, api, data: { users }, pages = DIST, ...props }: WebStackProps) {
    super(scope, id, props);
    if (!existsSync(join(pages, 'index.html'))) {
      throw new Error(`The pages of the desk are not in ${pages}. Build them with: npm run build:web`);
    }
    // CloudFront's names are the account's, whatever the region.
    const name = `tickets-desk-${stage}-${this.region}`;

    const bucket = new Bucket(this, 'Pages', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // Built from the sources at any time.
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    const { userPoolId } = users.pool;
    const { graphqlUrl } = api.api;
    const distribution = new Distribution(this, 'Cdn', {
      comment: 'Ticket desk',
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket, {
          originAccessControl: new S3OriginAccessControl(this, 'AccessControl', { originAccessControlName: name }),
        }),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: this.headers(name, [
          graphqlUrl,
          api.realtimeUrl,
          `https://cognito-idp.${this.region}.amazonaws.com`,
        ]),
      },
    });
    // What has a page open, or in a cache, may still ask for the chunks of an earlier build: none is removed.
    const chunks = new BucketDeployment(this, 'Chunks', {
      destinationBucket: bucket,
      sources: [Source.asset(pages, { exclude: EXPLORER })],
      exclude: ['*'],
      include: NAMED_BY_CONTENT,
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
      prune: false,
    });
    const upload = new BucketDeployment(this, 'Upload', {
      destinationBucket: bucket,
      sources: [
        Source.asset(pages, { exclude: EXPLORER }),
        Source.jsonData('config.json', {
          endpoint: graphqlUrl,
          region: this.region,
          userPool: { userPoolId, userPoolClientId: users.webClient.userPoolClientId },
        }),
      ],
      exclude: NAMED_BY_CONTENT,
      // Kept, but asked for each time whether it is still the newest.
      cacheControl: [CacheControl.noCache()],
      distribution,
      prune: false,
    });
    // A page that is there has its chunks.
    upload.node.addDependency(chunks);
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
  private headers(name: string, connectTo: string[]): ResponseHeadersPolicy {
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
      responseHeadersPolicyName: name,
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
