import type { JWTPayload } from 'jose';
import { idPattern, type KeyResolver, verifiedClaims } from './jwt';
import type { AuthProvider, AuthRequest, Caller } from './types';
import { refusals, Unauthorized } from './unauthorized';

export interface OidcOptions {
  /** `Issuer`: what tokens must have as `iss`, to the letter. */
  issuer: string;
  keys: KeyResolver;
  /** `ClientId`: a regular expression that `aud` or `azp` must match. Default: any. */
  clientId?: string;
  /** `IatTTL`: how many milliseconds after `iat` a token is good. 0 or absent: no limit. */
  iatTtlMs?: number;
  /** `AuthTTL`: how many milliseconds after `auth_time`. 0 or absent: no limit. */
  authTtlMs?: number;
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number;
}

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/**
 * The users of one OpenID Connect provider.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#openid-connect-authorization
 */
export class OidcProvider implements AuthProvider {
  readonly mode = 'OPENID_CONNECT';
  readonly issuer: string;
  private readonly isClient: (id: unknown) => boolean;

  /** @throws SyntaxError when `clientId` is no regular expression. */
  constructor(private readonly options: OidcOptions) {
    this.issuer = options.issuer;
    this.isClient = idPattern(options.clientId);
  }

  async authenticate(request: AuthRequest): Promise<Caller> {
    const now = (this.options.now ?? Date.now)();
    const claims = await verifiedClaims(request, {
      issuer: this.issuer,
      algorithms: ALGORITHMS,
      keys: this.options.keys,
      requiredClaims: ['exp', 'sub'],
      now,
    });
    if (!this.isForClient(claims)) {
      throw new Unauthorized(refusals.refused);
    }
    const { iatTtlMs, authTtlMs } = this.options;
    if (!isYoung(claims.iat, iatTtlMs, now) || !isYoung(claims.auth_time, authTtlMs, now)) {
      throw new Unauthorized(refusals.expired);
    }
    return {
      mode: this.mode,
      provider: this.issuer,
      groups: [],
      deniedFields: [],
      identity: { sub: claims.sub, issuer: this.issuer, claims },
    };
  }

  private isForClient({ aud, azp }: JWTPayload): boolean {
    if (this.options.clientId === undefined) {
      return true;
    }
    return [aud, azp].flat().some(this.isClient);
  }
}

/** A claim that the limit needs and the token lacks counts as too old. */
function isYoung(seconds: unknown, ttlMs: number | undefined, now: number): boolean {
  if (!ttlMs) {
    return true;
  }
  return typeof seconds === 'number' && now - seconds * 1000 <= ttlMs;
}
