import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { KeyResolver } from '../../../../src/services/appsync/auth/jwt';
import type { AuthRequest } from '../../../../src/services/appsync/auth/types';
import { post } from './requests';

export const NOW = Date.parse('2026-03-01T12:00:00Z');
export const SECONDS = NOW / 1000;

export type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

export interface TestIssuer {
  keys: KeyResolver;
  privateKey: PrivateKey;
  sign(claims: JWTPayload, options?: { key?: PrivateKey | Uint8Array; alg?: string; kid?: string }): Promise<string>;
}

/** An issuer with one key, which the resolver knows as `key-1`. */
export async function testIssuer(alg = 'RS256'): Promise<TestIssuer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg };
  return {
    privateKey,
    keys: createLocalJWKSet({ keys: [jwk] }),
    sign: (claims, options = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: options.alg ?? alg, kid: options.kid ?? 'key-1' })
        .sign(options.key ?? privateKey),
  };
}

export function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** The same signature over other claims. */
export function withClaims(token: string, edit: (claims: JWTPayload) => JWTPayload): string {
  const [head, payload = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as JWTPayload;
  return [head, encoded(edit(claims)), signature].join('.');
}

/** The same claims with the algorithm `none`, which needs no signature. */
export function unsecured(token: string, alg = 'none'): string {
  return `${encoded({ alg, typ: 'JWT' })}.${token.split('.')[1]}.`;
}

export function bearing(token: string): AuthRequest {
  return post({ authorization: token });
}
