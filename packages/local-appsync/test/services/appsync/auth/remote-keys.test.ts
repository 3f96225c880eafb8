import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { OidcProvider } from '../../../../src/services/appsync/auth/oidc';
import { DiscoveryError, remoteKeys } from '../../../../src/services/appsync/auth/remote-keys';
import { bearing } from './tokens';

describe('remoteKeys', () => {
  let server: Server;
  let issuer: string;
  let token: string;
  /** What the issuer publishes, by path: a value is sent as JSON, a number is a bare status. */
  let published: Record<string, unknown>;
  let asked: string[];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const answer = published[request.url ?? ''] ?? 404;
      if (typeof answer === 'number') {
        response.writeHead(answer).end();
      } else {
        response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
      }
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tenant/`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  beforeEach(async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    token = await new SignJWT({ sub: 'user-1' })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setIssuer(issuer)
      .setExpirationTime('1h')
      .sign(privateKey);
    asked = [];
    published = {
      '/tenant/.well-known/openid-configuration': { issuer, jwks_uri: new URL('/keys', issuer).href },
      '/keys': { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }] },
    };
  });

  const authenticateWith = (provider: OidcProvider) => provider.authenticate(bearing(token));
  const provider = () => new OidcProvider({ issuer, keys: remoteKeys(issuer) });

  test('keys are found by discovery and asked for once', async () => {
    const oidc = provider();
    await authenticateWith(oidc);
    await expect(authenticateWith(oidc)).resolves.toMatchObject({ identity: { sub: 'user-1' } });
    expect(asked).toEqual(['/tenant/.well-known/openid-configuration', '/keys']);
  });

  test('nothing is asked before the first token', () => {
    provider();
    expect(asked).toEqual([]);
  });

  const faults: { name: string; configuration: unknown; message: RegExp }[] = [
    { name: 'an issuer that publishes nothing', configuration: 404, message: /openid-configuration answered 404/ },
    {
      name: 'the configuration of another issuer',
      configuration: { issuer: 'https://evil', jwks_uri: 'x' },
      message: /must name the issuer/,
    },
    { name: 'a configuration without keys', configuration: {}, message: /must name the issuer/ },
  ];
  test.each(faults)('$name is an error of the setup, not of the caller', async ({ configuration, message }) => {
    published['/tenant/.well-known/openid-configuration'] = configuration;
    const attempt = authenticateWith(provider());
    await expect(attempt).rejects.toThrow(DiscoveryError);
    await expect(attempt).rejects.toThrow(message);
  });

  test('keys that cannot be had are an error of the setup as well', async () => {
    published['/keys'] = 500;
    await expect(authenticateWith(provider())).rejects.toMatchObject({ code: 'ERR_JOSE_GENERIC' });
  });

  test('after a failure the next token asks again', async () => {
    const oidc = provider();
    const configuration = published['/tenant/.well-known/openid-configuration'];
    published['/tenant/.well-known/openid-configuration'] = 503;
    await expect(authenticateWith(oidc)).rejects.toThrow(DiscoveryError);
    published['/tenant/.well-known/openid-configuration'] = configuration;
    await expect(authenticateWith(oidc)).resolves.toMatchObject({ identity: { sub: 'user-1' } });
  });
});
