import { errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { readToken } from '../../cognito/token';
import { type AuthRequest, header } from './types';
import { refusals, Unauthorized } from './unauthorized';

/** Finds the public key that a token names in its header: jose's local and remote key sets are such. */
export type KeyResolver = JWTVerifyGetKey;

export interface VerifyOptions {
  issuer: string;
  /** Which signatures count. Never `none`, and no shared secrets: the keys are public. */
  algorithms: string[];
  keys: KeyResolver;
  requiredClaims: string[];
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * The claims of the request's token once its signature, `exp`, `nbf` and `iss` hold.
 * @throws Unauthorized when they do not; what kept the keys from being fetched, as it came.
 */
export async function verifiedClaims(request: AuthRequest, options: VerifyOptions): Promise<JWTPayload> {
  const authorization = header(request, 'authorization');
  if (!authorization) {
    throw new Unauthorized(refusals.missing);
  }
  const presented = readToken(authorization);
  if (!presented) {
    throw new Unauthorized(refusals.unparsable);
  }
  try {
    const { payload } = await jwtVerify(presented.token, options.keys, {
      issuer: options.issuer,
      algorithms: options.algorithms,
      requiredClaims: options.requiredClaims,
      currentDate: new Date(options.now),
    });
    return payload;
  } catch (error) {
    throw refusalOf(error);
  }
}

function refusalOf(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) {
    return new Unauthorized(refusals.expired, { cause: error });
  }
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) {
    return new Unauthorized(refusals.unparsable, { cause: error });
  }
  // That the keys are out of reach is not the caller's doing; jose gives their server's faults its generic code.
  const isServersFault = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid;
  if (!(error instanceof errors.JOSEError) || isServersFault || error.code === errors.JOSEError.code) {
    return error;
  }
  return new Unauthorized(refusals.refused, { cause: error });
}

/**
 * A client id of the configuration, which is a regular expression, as a test of the whole id.
 * @throws SyntaxError when it is none.
 */
export function idPattern(expression: string | undefined): (id: unknown) => boolean {
  if (expression === undefined) {
    return () => true;
  }
  const pattern = new RegExp(`^(?:${expression})$`);
  return (id) => typeof id === 'string' && pattern.test(id);
}
