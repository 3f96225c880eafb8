import { ALGORITHM } from './sigv4';
import { type AuthMode, type AuthProvider, type AuthRequest, type Caller, header } from './types';
import { readToken } from '../../cognito/token';
import { refusals, Unauthorized } from './unauthorized';

/**
 * Tells from a request's headers by which of the API's providers it wants to be authenticated, and asks that
 * one. What was presented decides, never which provider would accept it:
 *
 * | presented | provider |
 * |---|---|
 * | `Authorization: AWS4-HMAC-SHA256 …` | IAM |
 * | `x-api-key` | API key |
 * | `Authorization`, a JWT, with or without `Bearer ` | the user pool or OpenID provider that its `iss` names |
 * | any other `Authorization` | Lambda |
 *
 * A signature or a token goes to the Lambda authorizer only when the API has no IAM, or no token provider.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
 */
export class Authenticator {
  /**
   * @param providers the default mode first.
   * @param log hears the reasons of refusals that callers are not told.
   */
  constructor(
    private readonly providers: readonly AuthProvider[],
    private readonly log: (line: string) => void = () => {},
  ) {}

  /** The API's modes, the default first. */
  get modes(): AuthMode[] {
    return [...new Set(this.providers.map((provider) => provider.mode))];
  }

  /** @throws Unauthorized when no provider knows the caller. */
  async authenticate(request: AuthRequest): Promise<Caller> {
    try {
      return await this.providerFor(request).authenticate(request);
    } catch (error) {
      if (error instanceof Unauthorized && error.cause !== undefined) {
        this.log(`${error.message} The reason: ${error.cause instanceof Error ? error.cause.message : error.cause}`);
      }
      throw error;
    }
  }

  private providerFor(request: AuthRequest): AuthProvider {
    const authorization = header(request, 'authorization');
    if (authorization?.startsWith(ALGORITHM) && this.has('AWS_IAM')) {
      return this.of('AWS_IAM');
    }
    if (header(request, 'x-api-key') !== undefined) {
      return this.of('API_KEY');
    }
    if (!authorization) {
      throw new Unauthorized(refusals.missing);
    }
    return this.providerForToken(authorization);
  }

  private providerForToken(authorization: string): AuthProvider {
    const takers = this.providers.filter((provider) => provider.issuer !== undefined);
    if (takers.length === 0) {
      return this.of('AWS_LAMBDA');
    }
    const token = readToken(authorization);
    if (token) {
      const taker = takers.find((provider) => provider.issuer === token.issuer);
      if (!taker) {
        throw new Unauthorized(refusals.refused);
      }
      return taker;
    }
    if (this.has('AWS_LAMBDA')) {
      return this.of('AWS_LAMBDA');
    }
    throw new Unauthorized(refusals.unparsable);
  }

  private has(mode: AuthMode): boolean {
    return this.providers.some((provider) => provider.mode === mode);
  }

  private of(mode: AuthMode): AuthProvider {
    const provider = this.providers.find((candidate) => candidate.mode === mode);
    if (!provider) {
      throw new Unauthorized(refusals.missing);
    }
    return provider;
  }
}

/** What clients reach of an authenticator. */
export type ServedAuthenticator = Pick<Authenticator, 'authenticate'>;
