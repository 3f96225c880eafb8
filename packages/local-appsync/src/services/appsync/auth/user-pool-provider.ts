import { idPattern, type KeyResolver, verifiedClaims } from './jwt';
import type { AuthProvider, AuthRequest, Caller } from './types';
import { refusals, Unauthorized } from './unauthorized';

export interface UserPoolOptions {
  /** `https://cognito-idp.<region>.amazonaws.com/<pool id>` */
  issuer: string;
  keys: KeyResolver;
  /** `AppIdClientRegex`: which app clients' tokens are taken. Default: any of the pool. */
  appIdClientRegex?: string;
  /** `DefaultAction`; resolvers see it as `ctx.identity.defaultAuthStrategy`. Default `ALLOW`. */
  defaultAction?: 'ALLOW' | 'DENY';
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number;
}

/**
 * The users of one Cognito user pool, by their id or access tokens.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 */
export class UserPoolProvider implements AuthProvider {
  readonly mode = 'AMAZON_COGNITO_USER_POOLS';
  readonly issuer: string;
  private readonly isClient: (id: unknown) => boolean;

  /** @throws SyntaxError when `appIdClientRegex` is no regular expression. */
  constructor(private readonly options: UserPoolOptions) {
    this.issuer = options.issuer;
    this.isClient = idPattern(options.appIdClientRegex);
  }

  async authenticate(request: AuthRequest): Promise<Caller> {
    const claims = await verifiedClaims(request, {
      issuer: this.issuer,
      algorithms: ['RS256'],
      keys: this.options.keys,
      requiredClaims: ['exp', 'sub'],
      now: (this.options.now ?? Date.now)(),
    });
    // An id token is for the client in `aud`; an access token has none and names its client in `client_id`.
    const isId = claims.token_use === 'id';
    if (!isId && claims.token_use !== 'access') {
      throw new Unauthorized(refusals.refused);
    }
    if (!this.isClient(isId ? claims.aud : claims.client_id)) {
      throw new Unauthorized(refusals.refused);
    }

    const groups = groupsOf(claims['cognito:groups']);
    return {
      mode: this.mode,
      provider: this.issuer,
      groups: groups ?? [],
      deniedFields: [],
      // Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html
      identity: {
        sub: claims.sub,
        issuer: this.issuer,
        username: claims[isId ? 'cognito:username' : 'username'] ?? null,
        claims,
        sourceIp: [request.sourceIp],
        groups,
        defaultAuthStrategy: this.options.defaultAction ?? 'ALLOW',
      },
    };
  }
}

function groupsOf(claim: unknown): string[] | null {
  return Array.isArray(claim) ? claim.filter((group) => typeof group === 'string') : null;
}
