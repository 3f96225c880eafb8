import type { JWTPayload } from 'jose';
import { OidcProvider, type OidcOptions } from '../../../../src/services/appsync/auth/oidc';
import { unauthorized } from './requests';
import { bearing, NOW, SECONDS, type TestIssuer, testIssuer, unsecured, withClaims } from './tokens';

const ISSUER = 'https://login.example.com/';
const EXPIRED = 'Token has expired.';
const REFUSED = 'You are not authorized to make this call.';

const claims: JWTPayload = {
  iss: ISSUER,
  sub: 'user-1',
  aud: 'desk',
  iat: SECONDS - 10,
  auth_time: SECONDS - 100,
  exp: SECONDS + 3600,
};

let issuer: TestIssuer;
let stranger: TestIssuer;

beforeAll(async () => {
  [issuer, stranger] = await Promise.all([testIssuer(), testIssuer()]);
});

function provider(options: Partial<OidcOptions> = {}) {
  return new OidcProvider({ issuer: ISSUER, keys: issuer.keys, now: () => NOW, ...options });
}

describe('OidcProvider', () => {
  test('a token is its subject', async () => {
    expect(await provider().authenticate(bearing(await issuer.sign(claims)))).toEqual({
      mode: 'OPENID_CONNECT',
      provider: ISSUER,
      groups: [],
      deniedFields: [],
      identity: { sub: 'user-1', issuer: ISSUER, claims },
    });
  });

  test("groups of a token that looks like a user pool's do not count", async () => {
    const token = await issuer.sign({ ...claims, 'cognito:groups': ['agents'] });
    expect((await provider().authenticate(bearing(token))).groups).toEqual([]);
  });

  test.each(['PS512', 'ES256', 'EdDSA'])('a token signed with %s is fine', async (alg) => {
    const signer = await testIssuer(alg);
    const caller = await provider({ keys: signer.keys }).authenticate(bearing(await signer.sign(claims)));
    expect(caller.identity).toMatchObject({ sub: 'user-1' });
  });

  const accepted: { name: string; options: Partial<OidcOptions>; claims?: JWTPayload }[] = [
    { name: 'the client in aud', options: { clientId: 'desk' } },
    { name: 'the client among several audiences', options: { clientId: 'desk' }, claims: { aud: ['other', 'desk'] } },
    { name: 'the client in azp', options: { clientId: 'desk' }, claims: { aud: 'api', azp: 'desk' } },
    { name: 'one of several clients', options: { clientId: 'mobile|de.k' } },
    { name: 'no audience where no client is asked for', options: {}, claims: { aud: undefined } },
    { name: 'an issue within its limit', options: { iatTtlMs: 10_000 } },
    { name: 'a sign-in within its limit', options: { authTtlMs: 100_000 } },
    {
      name: 'any age where the limits are 0',
      options: { iatTtlMs: 0, authTtlMs: 0 },
      claims: { iat: 0, auth_time: 0 },
    },
  ];
  test.each(accepted)('$name is fine', async ({ options, claims: more }) => {
    const token = await issuer.sign({ ...claims, ...more });
    await expect(provider(options).authenticate(bearing(token))).resolves.toMatchObject({ mode: 'OPENID_CONNECT' });
  });

  const refused: { name: string; options?: Partial<OidcOptions>; token: () => Promise<string>; message: string }[] = [
    {
      name: 'another audience',
      options: { clientId: 'desk' },
      token: () => issuer.sign({ ...claims, aud: 'desktop' }),
      message: REFUSED,
    },
    {
      name: 'no audience',
      options: { clientId: '.*' },
      token: () => issuer.sign({ ...claims, aud: undefined }),
      message: REFUSED,
    },
    {
      name: 'another issuer',
      token: () => issuer.sign({ ...claims, iss: 'https://login.example.com' }),
      message: REFUSED,
    },
    { name: 'an expired token', token: () => issuer.sign({ ...claims, exp: SECONDS - 1 }), message: EXPIRED },
    { name: 'a token that never expires', token: () => issuer.sign({ ...claims, exp: undefined }), message: REFUSED },
    {
      name: 'a token issued too long ago',
      options: { iatTtlMs: 9_999 },
      token: () => issuer.sign(claims),
      message: EXPIRED,
    },
    {
      name: 'a token issued nobody knows when',
      options: { iatTtlMs: 9_999 },
      token: () => issuer.sign({ ...claims, iat: undefined }),
      message: EXPIRED,
    },
    {
      name: 'a sign-in too long ago',
      options: { authTtlMs: 99_999 },
      token: () => issuer.sign(claims),
      message: EXPIRED,
    },
    {
      name: 'a sign-in nobody knows when',
      options: { authTtlMs: 99_999 },
      token: () => issuer.sign({ ...claims, auth_time: undefined }),
      message: EXPIRED,
    },
    { name: 'a forged token', token: () => stranger.sign(claims), message: REFUSED },
    {
      name: 'altered claims',
      token: async () => withClaims(await issuer.sign(claims), (payload) => ({ ...payload, sub: 'root' })),
      message: REFUSED,
    },
    { name: 'the algorithm none', token: async () => unsecured(await issuer.sign(claims)), message: REFUSED },
    {
      name: 'a shared secret',
      token: () => issuer.sign(claims, { alg: 'HS256', key: new Uint8Array(32) }),
      message: REFUSED,
    },
  ];
  test.each(refused)('$name is refused', async ({ options = {}, token, message }) => {
    await expect(provider(options).authenticate(bearing(await token()))).rejects.toMatchObject(unauthorized(message));
  });

  test('a shared secret is refused even by a resolver that would give it out', async () => {
    const secret = new Uint8Array(32);
    const careless = provider({ keys: () => Promise.resolve(secret) });
    const token = await issuer.sign(claims, { alg: 'HS256', key: secret });
    await expect(careless.authenticate(bearing(token))).rejects.toMatchObject(unauthorized(REFUSED));
  });

  test('a client id that is no regular expression is told at the start', () => {
    expect(() => provider({ clientId: '(' })).toThrow(SyntaxError);
  });
});
