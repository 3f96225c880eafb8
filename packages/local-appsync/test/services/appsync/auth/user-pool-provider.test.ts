import type { JWTPayload } from 'jose';
import { UserPoolProvider } from '../../../../src/services/appsync/auth/user-pool-provider';
import { post, unauthorized } from './requests';
import { bearing, NOW, SECONDS, type TestIssuer, testIssuer, unsecured, withClaims } from './tokens';

const ISSUER = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool';
const EXPIRED = 'Token has expired.';
const REFUSED = 'You are not authorized to make this call.';
const UNPARSABLE = 'Unable to parse JWT token';

const access: JWTPayload = {
  iss: ISSUER,
  sub: 'user-1',
  token_use: 'access',
  username: 'alice',
  client_id: 'web',
  'cognito:groups': ['agents', 'admins'],
  iat: SECONDS,
  exp: SECONDS + 3600,
};
const id: JWTPayload = {
  iss: ISSUER,
  sub: 'user-1',
  token_use: 'id',
  'cognito:username': 'alice',
  aud: 'web',
  iat: SECONDS,
  exp: SECONDS + 3600,
};

let issuer: TestIssuer;
let stranger: TestIssuer;
let provider: UserPoolProvider;

beforeAll(async () => {
  [issuer, stranger] = await Promise.all([testIssuer(), testIssuer()]);
  provider = new UserPoolProvider({
    issuer: ISSUER,
    keys: issuer.keys,
    appIdClientRegex: 'web|mobile',
    now: () => NOW,
  });
});

describe('UserPoolProvider', () => {
  test('an access token is its user, with groups', async () => {
    expect(await provider.authenticate(bearing(await issuer.sign(access)))).toEqual({
      mode: 'AMAZON_COGNITO_USER_POOLS',
      provider: ISSUER,
      groups: ['agents', 'admins'],
      deniedFields: [],
      identity: {
        sub: 'user-1',
        issuer: ISSUER,
        username: 'alice',
        claims: access,
        sourceIp: ['127.0.0.1'],
        groups: ['agents', 'admins'],
        defaultAuthStrategy: 'ALLOW',
      },
    });
  });

  test('an id token is its user; without groups they are null', async () => {
    const caller = await provider.authenticate(bearing(await issuer.sign(id)));
    expect(caller.groups).toEqual([]);
    expect(caller.identity).toMatchObject({ username: 'alice', groups: null, claims: id });
  });

  test('the default action reaches resolvers', async () => {
    const strict = new UserPoolProvider({ issuer: ISSUER, keys: issuer.keys, defaultAction: 'DENY', now: () => NOW });
    const { identity } = await strict.authenticate(bearing(await issuer.sign(access)));
    expect(identity?.defaultAuthStrategy).toBe('DENY');
  });

  const accepted: { name: string; authorization: () => Promise<string> }[] = [
    { name: 'Bearer in front', authorization: async () => `Bearer ${await issuer.sign(access)}` },
    { name: 'bearer in small letters', authorization: async () => `bearer ${await issuer.sign(access)}` },
    { name: 'the other client', authorization: () => issuer.sign({ ...access, client_id: 'mobile' }) },
    { name: 'the last second', authorization: () => issuer.sign({ ...access, exp: SECONDS + 1 }) },
  ];
  test.each(accepted)('$name is fine', async ({ authorization }) => {
    await expect(provider.authenticate(bearing(await authorization()))).resolves.toMatchObject({
      groups: ['agents', 'admins'],
    });
  });

  const refused: { name: string; authorization: () => Promise<string> | string; message: string }[] = [
    { name: 'an expired token', authorization: () => issuer.sign({ ...access, exp: SECONDS }), message: EXPIRED },
    {
      name: 'a token that never expires',
      authorization: () => issuer.sign({ ...access, exp: undefined }),
      message: REFUSED,
    },
    {
      name: 'a token not valid yet',
      authorization: () => issuer.sign({ ...access, nbf: SECONDS + 60 }),
      message: REFUSED,
    },
    {
      name: 'a token of another issuer',
      authorization: () => issuer.sign({ ...access, iss: `${ISSUER}2` }),
      message: REFUSED,
    },
    { name: 'a token of nobody', authorization: () => issuer.sign({ ...access, sub: undefined }), message: REFUSED },
    {
      name: "an access token of another app's client",
      authorization: () => issuer.sign({ ...access, client_id: 'web2' }),
      message: REFUSED,
    },
    {
      name: 'an access token without client',
      authorization: () => issuer.sign({ ...access, client_id: undefined }),
      message: REFUSED,
    },
    {
      name: 'an access token with the client in aud only',
      authorization: () => issuer.sign({ ...access, client_id: undefined, aud: 'web' }),
      message: REFUSED,
    },
    {
      name: 'an id token for another audience',
      authorization: () => issuer.sign({ ...id, aud: 'other' }),
      message: REFUSED,
    },
    {
      name: 'an id token with the audience in client_id only',
      authorization: () => issuer.sign({ ...id, aud: undefined, client_id: 'web' }),
      message: REFUSED,
    },
    {
      name: 'a refresh token',
      authorization: () => issuer.sign({ ...access, token_use: 'refresh' }),
      message: REFUSED,
    },
    {
      name: 'a token without use',
      authorization: () => issuer.sign({ ...access, token_use: undefined }),
      message: REFUSED,
    },
    { name: 'a token signed with the key of another', authorization: () => stranger.sign(access), message: REFUSED },
    {
      name: 'a token that names an unknown key',
      authorization: () => issuer.sign(access, { kid: 'key-2' }),
      message: REFUSED,
    },
    {
      name: 'a token with altered claims',
      authorization: async () =>
        withClaims(await issuer.sign(access), (claims) => ({ ...claims, 'cognito:groups': ['root'] })),
      message: REFUSED,
    },
    {
      name: 'a token with the algorithm none',
      authorization: async () => unsecured(await issuer.sign(access)),
      message: REFUSED,
    },
    {
      name: 'a token without signature',
      authorization: async () => unsecured(await issuer.sign(access), 'RS256'),
      message: REFUSED,
    },
    {
      name: 'a token under a shared secret',
      authorization: () =>
        issuer.sign(access, { alg: 'HS256', key: new TextEncoder().encode('the public key, which everyone has') }),
      message: REFUSED,
    },
    { name: 'claims that are no JSON', authorization: () => 'e30.bm90IGpzb24.c2ln', message: UNPARSABLE },
    {
      name: 'a header without algorithm',
      authorization: async () => (await issuer.sign(access)).replace(/^[^.]+/, 'e30'),
      message: UNPARSABLE,
    },
    { name: 'a text', authorization: () => 'garbage', message: UNPARSABLE },
    {
      name: 'half a token',
      authorization: async () => (await issuer.sign(access)).split('.').slice(0, 2).join('.'),
      message: UNPARSABLE,
    },
    { name: 'nothing', authorization: () => '', message: 'Valid authorization header not provided.' },
  ];
  test.each(refused)('$name is refused', async ({ authorization, message }) => {
    await expect(provider.authenticate(bearing(await authorization()))).rejects.toMatchObject(unauthorized(message));
  });

  test("a key of another kind than Cognito's opens nothing", async () => {
    const elliptic = await testIssuer('ES256');
    const lenient = new UserPoolProvider({ issuer: ISSUER, keys: elliptic.keys, now: () => NOW });
    await expect(lenient.authenticate(bearing(await elliptic.sign(access)))).rejects.toMatchObject(
      unauthorized(REFUSED),
    );
  });

  test('why a token was refused is told to the log', async () => {
    const refusal = provider.authenticate(bearing(await issuer.sign({ ...access, iss: 'x' })));
    await expect(refusal).rejects.toMatchObject({ cause: { claim: 'iss' } });
  });

  test('without the header there are no credentials', async () => {
    await expect(provider.authenticate(post({}))).rejects.toMatchObject(unauthorized(/not provided/));
  });

  test('keys out of reach are no fault of the caller', async () => {
    const failure = new TypeError('fetch failed');
    const cut = new UserPoolProvider({ issuer: ISSUER, keys: () => Promise.reject(failure), now: () => NOW });
    await expect(cut.authenticate(bearing(await issuer.sign(access)))).rejects.toBe(failure);
  });
});
