import { decodeJwt } from 'jose';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { LocalUserPool } from '../../../src/services/cognito/user-pool';
import { UserPoolProvider } from '../../../src/services/appsync/auth/user-pool-provider';
import { testApi, value } from '../appsync/support/api';
import { type ServedApi, serveApi } from '../appsync/support/endpoint';

const pool = new LocalUserPool({ poolId: 'us-east-1_Test', region: 'us-east-1', clientId: 'client' });
const api = testApi({
  sdl: 'type Query { who: String }',
  modes: ['AMAZON_COGNITO_USER_POOLS'],
  resolvers: { 'Query.who': value('ctx.identity.username') },
});

let served: ServedApi;
beforeAll(async () => {
  const providers = [new UserPoolProvider({ issuer: pool.issuer, keys: pool.keys })];
  served = await serveApi(api, { providers, userPool: pool });
});
afterAll(() => served.close());

interface Asked {
  status: number;
  body: { token?: string; message?: string; errors?: { message: string }[] };
  headers: Record<string, unknown>;
}

/** With whatever Host a page of another site would send. */
function ask(query: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Asked> {
  const { port } = new URL(served.url);
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: `/local/token${query}`, headers, method }, (response) => {
      const { statusCode = 0, headers: answered } = response;
      text(response)
        .then((body) => resolve({ status: statusCode, body: JSON.parse(body) as Asked['body'], headers: answered }))
        .catch(reject);
    });
    asked.once('error', reject).end();
  });
}

describe('GET /local/token', () => {
  test('hands out a token that the API takes', async () => {
    const { status, body, headers } = await ask('?user=alice');
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    const answer = await served.post({ query: '{ who }' }, { authorization: body.token! });
    expect(await answer.json()).toEqual({ data: { who: 'alice' } });
  });

  test.each([
    ['?user=alice', undefined],
    ['?user=alice&groups=agents', ['agents']],
    ['?user=alice&groups=agents,admins', ['agents', 'admins']],
    ['?user=alice&groups=agents&groups=admins', ['agents', 'admins']],
    ['?user=alice&groups=', undefined],
  ])('%s is a member of %j', async (query, groups) => {
    const { body } = await ask(query);
    expect(decodeJwt(body.token!)['cognito:groups']).toEqual(groups);
  });

  test('hands out id tokens, too', async () => {
    const { body } = await ask('?user=alice&use=id');
    expect(decodeJwt(body.token!)).toMatchObject({ token_use: 'id', aud: 'client', 'cognito:username': 'alice' });
  });

  test.each([['localhost'], ['localhost:4000'], ['127.0.0.1:4000'], ['[::1]:4000']])(
    'is there for the host %s',
    async (host) => {
      expect((await ask('?user=a', { host })).status).toBe(200);
    },
  );

  test.each([['http://localhost:5173'], ['http://127.0.0.1:3000'], ['https://localhost']])(
    'is there for pages of %s, and lets them read',
    async (origin) => {
      const { status, headers } = await ask('?user=a', { origin });
      expect(status).toBe(200);
      expect(headers).toMatchObject({ 'access-control-allow-origin': origin, vary: 'origin' });
    },
  );

  const strangers: [what: string, headers: Record<string, string>][] = [
    ['a site whose name points here', { host: 'evil.example:4000' }],
    ['a site whose name looks local', { host: 'localhost.evil.example' }],
    ['a host that is no name', { host: '[' }],
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
  ];
  test.each(strangers)('is closed to %s', async (_, headers) => {
    const { status, body, headers: answered } = await ask('?user=alice', headers);
    expect(status).toBe(403);
    expect(body.errors![0]!.message).toMatch(/^The (host|origin) .+ is not/);
    expect(answered).not.toHaveProperty('access-control-allow-origin');
  });

  test.each([
    ['', /Name a user/],
    ['?user=', /Name a user/],
    [`?user=${'x'.repeat(129)}`, /1 to 128 characters/],
    ['?user=a%20b', /no white space/],
  ])('with %s says what it needs', async (query, message) => {
    const { status, body } = await ask(query);
    expect(status).toBe(400);
    expect(body.message).toMatch(message);
  });

  test('is no POST', async () => {
    expect((await ask('?user=alice', {}, 'POST')).status).toBe(405);
  });

  test('of an assembly without a user pool says so', async () => {
    const other = await serveApi(api);
    const response = await fetch(`${other.url}/local/token?user=alice`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: expect.stringContaining('AWS::Cognito::UserPool') });
    await other.close();
  });
});
