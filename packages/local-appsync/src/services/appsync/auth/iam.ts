import { createHash } from 'node:crypto';
import type { CredentialIssuer, Principal } from '../../iam/credentials';
import { equals, isSignedBy, type PresentedSignature, readAmzDate, readSignature } from './sigv4';
import { type AuthProvider, type AuthRequest, type Caller, header } from './types';
import { refusals, Unauthorized } from './unauthorized';

export interface IamOptions {
  /** Who issued the credentials that callers sign with. */
  credentials: Pick<CredentialIssuer, 'find'>;
  region: string;
  accountId: string;
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number;
}

/** How far the clock of a signer may be off. */
const MAX_SKEW_MS = 5 * 60 * 1000;

/** What the tools of AWS print for a signature that is refused. */
export const iamRefusals = {
  incomplete: 'Authorization header requires Credential, SignedHeaders and Signature, and the request X-Amz-Date.',
  unknownKey: 'The security token included in the request is invalid.',
  mismatch:
    'The request signature we calculated does not match the signature you provided. ' +
    'Check your AWS Secret Access Key and signing method.',
} as const;

/**
 * Requests signed with Signature Version 4 for the service `appsync`, by credentials that this process issued.
 * Whoever signs correctly is known; which fields the caller may run is up to `allowsField`.
 */
export class IamProvider implements AuthProvider {
  readonly mode = 'AWS_IAM';

  constructor(private readonly options: IamOptions) {}

  async authenticate(request: AuthRequest): Promise<Caller> {
    const authorization = header(request, 'authorization');
    if (authorization === undefined) {
      throw new Unauthorized(refusals.missing);
    }
    const presented = readSignature(authorization);
    const signedAt = readAmzDate(header(request, 'x-amz-date'));
    // Without the host, a signature would be good at any endpoint.
    if (!presented || signedAt === undefined || !presented.signedHeaders.includes('host')) {
      throw new Unauthorized(iamRefusals.incomplete);
    }

    const issued = this.options.credentials.find(presented.accessKeyId);
    const token = header(request, 'x-amz-security-token');
    if (!issued || token === undefined || !equals(issued.sessionToken, token)) {
      throw new Unauthorized(iamRefusals.unknownKey);
    }
    this.checkScope(presented, signedAt);
    this.checkDate(signedAt);
    if (!(await isSignedBy(issued, request, presented, signedAt))) {
      throw new Unauthorized(iamRefusals.mismatch);
    }

    const { policies } = issued.principal;
    return {
      mode: this.mode,
      identity: this.identity(issued.principal, request.sourceIp),
      groups: [],
      deniedFields: [],
      allowsField: (arn) => policies.allows('appsync:GraphQL', arn, { 'aws:SourceIp': request.sourceIp }),
    };
  }

  private checkScope(presented: PresentedSignature, signedAt: number): void {
    const date = new Date(signedAt).toISOString().slice(0, 10).replaceAll('-', '');
    const expected = `${date}/${this.options.region}/appsync/aws4_request`;
    const actual = `${presented.date}/${presented.region}/${presented.service}/aws4_request`;
    if (actual !== expected) {
      throw new Unauthorized(`Credential should be scoped to ${expected}, not to ${actual}.`);
    }
  }

  private checkDate(signedAt: number): void {
    const now = (this.options.now ?? Date.now)();
    if (Math.abs(now - signedAt) <= MAX_SKEW_MS) {
      return;
    }
    const [signed, current] = [signedAt, now].map((time) => new Date(time).toISOString());
    throw new Unauthorized(
      signedAt < now
        ? `Signature expired: signed at ${signed}, more than 5 min. before the current time ${current}.`
        : `Signature not yet current: signed at ${signed}, more than 5 min. after the current time ${current}.`,
    );
  }

  /** Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html (AWS_IAM) */
  private identity({ roleArn, roleName, sessionName }: Principal, sourceIp: string): Record<string, unknown> {
    const partition = roleArn.split(':')[1] ?? 'aws';
    return {
      accountId: this.options.accountId,
      userArn: `arn:${partition}:sts::${this.options.accountId}:assumed-role/${roleName}/${sessionName}`,
      username: `${roleId(roleArn)}:${sessionName}`,
      sourceIp: [sourceIp],
      // Set on AWS only for credentials of a Cognito identity pool.
      cognitoIdentityPoolId: null,
      cognitoIdentityId: null,
      cognitoIdentityAuthType: null,
      cognitoIdentityAuthProvider: null,
    };
  }
}

/** Each role has one of AWS's making; here it follows from the ARN. */
function roleId(roleArn: string): string {
  return `AROA${createHash('sha256').update(roleArn).digest('hex').slice(0, 17).toUpperCase()}`;
}
