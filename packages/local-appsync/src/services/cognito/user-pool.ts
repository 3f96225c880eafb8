import { createHash, randomUUID } from 'node:crypto';
import { createLocalJWKSet, type JWTVerifyGetKey, SignJWT } from 'jose';
import { type SigningKey, signingKey } from './signing-key';

export interface LocalUserPoolOptions {
  /** `us-east-1_AbCdEf123` */
  poolId: string;
  region: string;
  clientId: string;
  /** Where its key is kept, so that tokens outlive restarts. Without it each process has a key of its own. */
  directory?: string;
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number;
}

export interface PoolUser {
  username: string;
  groups: string[];
  /** Default 3600, as in Cognito. */
  expiresInSeconds?: number;
  /** Which token. Default `access`, which is what Amplify sends. */
  use?: 'access' | 'id';
}

/**
 * A stand-in for a Cognito user pool: whoever asks for a token gets it, and the token is as real as one of
 * Cognito's, claims and RS256 signature. There are no passwords and no list of users; a user is a name.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
 */
export class LocalUserPool {
  readonly issuer: string;
  /** Resolves the key of this pool's tokens; rejects for another `kid`. */
  readonly keys: JWTVerifyGetKey;
  private key: Promise<SigningKey> | undefined;

  constructor(private readonly options: LocalUserPoolOptions) {
    this.issuer = `https://cognito-idp.${options.region}.amazonaws.com/${options.poolId}`;
    this.keys = async (head, token) => createLocalJWKSet({ keys: [(await this.signingKey()).publicJwk] })(head, token);
  }

  /** @throws RangeError for a name that Cognito would not take: 1 to 128 characters, no white space. */
  async token(user: PoolUser): Promise<string> {
    if (!/^\S{1,128}$/u.test(user.username)) {
      throw new RangeError(`A username has 1 to 128 characters and no white space: ${JSON.stringify(user.username)}.`);
    }
    const { privateKey, publicJwk } = await this.signingKey();
    return new SignJWT(this.claims(user)).setProtectedHeader({ kid: publicJwk.kid, alg: 'RS256' }).sign(privateKey);
  }

  private claims({ username, groups, expiresInSeconds = 3600, use = 'access' }: PoolUser): Record<string, unknown> {
    const now = Math.floor((this.options.now ?? Date.now)() / 1000);
    const { clientId } = this.options;
    return {
      sub: subOf(this.options.poolId, username),
      // Cognito leaves the claim out for a user without groups.
      ...(groups.length > 0 && { 'cognito:groups': groups }),
      iss: this.issuer,
      ...(use === 'id'
        ? { 'cognito:username': username, aud: clientId }
        : { username, client_id: clientId, scope: 'aws.cognito.signin.user.admin' }),
      origin_jti: randomUUID(),
      event_id: randomUUID(),
      token_use: use,
      auth_time: now,
      exp: now + expiresInSeconds,
      iat: now,
      jti: randomUUID(),
    };
  }

  private signingKey(): Promise<SigningKey> {
    if (!this.key) {
      this.key = signingKey(this.options.poolId, this.options.directory);
      // Whoever waits hears of a failure; the next one may try again.
      this.key.catch(() => (this.key = undefined));
    }
    return this.key;
  }
}

/** Shaped as Cognito's, the same for a name each time. */
function subOf(poolId: string, username: string): string {
  const hex = createHash('sha256').update(`${poolId}/${username}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
