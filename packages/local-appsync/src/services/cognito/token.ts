import { isRecord } from '../../shared/is-record';

/** A JSON Web Token as it was presented: nothing of it is verified. */
export interface PresentedToken {
  /** Without `Bearer `. */
  token: string;
  /** Its `iss`, if it has one. */
  issuer: string | undefined;
}

/** Reads an Authorization header that holds a JWT; undefined when it holds something else. */
export function readToken(authorization: string): PresentedToken | undefined {
  const token = withoutBearer(authorization);
  const parts = token.split('.');
  if (parts.length !== 3) {
    return undefined;
  }
  const [head, payload] = parts.slice(0, 2).map(decodeObject);
  if (!head || !payload) {
    return undefined;
  }
  return { token, issuer: typeof payload.iss === 'string' ? payload.iss : undefined };
}

/** AppSync takes tokens bare; many clients put the scheme of RFC 6750 in front. */
export function withoutBearer(authorization: string): string {
  return authorization.replace(/^bearer\s+/i, '').trim();
}

function decodeObject(part: string): Record<string, unknown> | undefined {
  const value = parseJson(Buffer.from(part, 'base64url').toString('utf8'));
  return isRecord(value) ? value : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, so not a JWT: an answer, not a failure.
    return undefined;
  }
}
