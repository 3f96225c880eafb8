import { Authenticator } from '../../../../src/services/appsync/auth/authenticator';
import type { AuthMode, AuthProvider } from '../../../../src/services/appsync/auth/types';
import { post, unauthorized } from './requests';

/** Accepts everything: these tests are about who is asked. */
function provider(mode: AuthMode, issuer?: string): AuthProvider {
  return {
    mode,
    ...(issuer !== undefined && { issuer }),
    authenticate: () => ({ mode, identity: null, groups: [], deniedFields: [], provider: issuer ?? mode }),
  };
}

const iam = provider('AWS_IAM');
const key = provider('API_KEY');
const lambda = provider('AWS_LAMBDA');
const pool = provider('AMAZON_COGNITO_USER_POOLS', 'https://pool');
const secondPool = provider('AMAZON_COGNITO_USER_POOLS', 'https://pool2');
const oidc = provider('OPENID_CONNECT', 'https://oidc');

function part(value: unknown) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function jwt(claims: unknown) {
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
}

const SIGV4 = 'AWS4-HMAC-SHA256 Credential=…';
const MISSING = 'Valid authorization header not provided.';
const REFUSED = 'You are not authorized to make this call.';
const UNPARSABLE = 'Unable to parse JWT token';

describe('Authenticator', () => {
  const asked: { name: string; providers: AuthProvider[]; headers: Record<string, string>; by: AuthProvider }[] = [
    { name: 'a signature goes to IAM', providers: [key, iam], headers: { authorization: SIGV4 }, by: iam },
    { name: 'an API key goes to the key provider', providers: [pool, key], headers: { 'x-api-key': 'k' }, by: key },
    {
      name: 'an empty API key still is one',
      providers: [lambda, key],
      headers: { 'x-api-key': '', authorization: 't' },
      by: key,
    },
    {
      name: 'a signature comes before an API key',
      providers: [key, iam],
      headers: { 'x-api-key': 'k', authorization: SIGV4 },
      by: iam,
    },
    {
      name: 'a token goes to the pool that it names',
      providers: [pool, secondPool, oidc],
      headers: { authorization: jwt({ iss: 'https://pool2' }) },
      by: secondPool,
    },
    {
      name: 'a token goes to the OpenID provider that it names',
      providers: [pool, oidc],
      headers: { authorization: jwt({ iss: 'https://oidc' }) },
      by: oidc,
    },
    {
      name: 'a token may have "Bearer " in front',
      providers: [pool],
      headers: { authorization: `Bearer ${jwt({ iss: 'https://pool' })}` },
      by: pool,
    },
    {
      name: 'a token goes to its pool though there is an authorizer',
      providers: [lambda, pool],
      headers: { authorization: jwt({ iss: 'https://pool' }) },
      by: pool,
    },
    {
      name: 'any other authorization goes to the authorizer',
      providers: [pool, lambda],
      headers: { authorization: 'custom' },
      by: lambda,
    },
    {
      name: 'three parts that are no JSON are no token',
      providers: [pool, lambda],
      headers: { authorization: 'a.b.c' },
      by: lambda,
    },
    {
      name: 'a token goes to the authorizer where no provider takes tokens',
      providers: [key, lambda],
      headers: { authorization: jwt({ iss: 'https://pool' }) },
      by: lambda,
    },
    {
      name: 'a signature goes to the authorizer where there is no IAM',
      providers: [key, lambda],
      headers: { authorization: SIGV4 },
      by: lambda,
    },
  ];
  test.each(asked)('$name', async ({ providers, headers, by }) => {
    const caller = await new Authenticator(providers).authenticate(post(headers));
    expect(caller.provider).toBe(by.issuer ?? by.mode);
  });

  const refused: { name: string; providers: AuthProvider[]; headers: Record<string, string>; message: string }[] = [
    { name: 'no header at all', providers: [key, iam, pool, lambda], headers: {}, message: MISSING },
    { name: 'an empty Authorization', providers: [lambda], headers: { authorization: '' }, message: MISSING },
    { name: 'an API key where none is taken', providers: [pool], headers: { 'x-api-key': 'k' }, message: MISSING },
    {
      name: 'a signature where only keys are taken',
      providers: [key],
      headers: { authorization: SIGV4 },
      message: MISSING,
    },
    {
      name: 'a token where only keys are taken',
      providers: [key],
      headers: { authorization: jwt({}) },
      message: MISSING,
    },
    {
      name: 'a token of an unknown issuer',
      providers: [pool, oidc],
      headers: { authorization: jwt({ iss: 'https://evil' }) },
      message: REFUSED,
    },
    {
      name: 'a token of an unknown issuer, though there is an authorizer',
      providers: [lambda, pool],
      headers: { authorization: jwt({ iss: 'https://evil' }) },
      message: REFUSED,
    },
    {
      name: 'a token without issuer',
      providers: [pool, key],
      headers: { authorization: jwt({ sub: 'x' }) },
      message: REFUSED,
    },
    {
      name: 'a token whose issuer is no text',
      providers: [pool],
      headers: { authorization: jwt({ iss: ['https://pool'] }) },
      message: REFUSED,
    },
    {
      name: 'garbage where a token belongs',
      providers: [pool],
      headers: { authorization: 'garbage' },
      message: UNPARSABLE,
    },
    { name: 'claims that are no object', providers: [pool], headers: { authorization: jwt([1]) }, message: UNPARSABLE },
  ];
  test.each(refused)('$name is refused', async ({ providers, headers, message }) => {
    await expect(new Authenticator(providers).authenticate(post(headers))).rejects.toMatchObject(unauthorized(message));
  });

  test('the modes are told in order, each once', () => {
    expect(new Authenticator([pool, key, secondPool]).modes).toEqual(['AMAZON_COGNITO_USER_POOLS', 'API_KEY']);
  });
});
