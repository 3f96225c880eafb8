import { randomBytes, randomInt } from 'node:crypto';
import type { Policies } from './policy';

/** A role that somebody has assumed. */
export interface Principal {
  /** `arn:aws:iam::123456789012:role/Name` */
  roleArn: string;
  roleName: string;
  /** For a Lambda function's role this is the function's name. */
  sessionName: string;
  policies: Policies;
}

/** Temporary credentials, shaped as those of AWS STS. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

export interface Issued extends Credentials {
  principal: Principal;
}

/**
 * Hands out temporary credentials for assumed roles and knows them again, as AWS STS does. They are random
 * and live as long as this issuer: a key of an earlier run opens nothing.
 */
export class CredentialIssuer {
  private readonly issued = new Map<string, Issued>();

  issue(principal: Principal): Credentials {
    const credentials = {
      accessKeyId: `ASIA${base32(16)}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(192).toString('base64'),
    };
    this.issued.set(credentials.accessKeyId, { ...credentials, principal });
    return credentials;
  }

  find(accessKeyId: string): Issued | undefined {
    return this.issued.get(accessKeyId);
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
