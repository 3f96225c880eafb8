import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { IamProvider, iamRefusals } from '../../../../src/services/appsync/auth/iam';
import { connectRequest, startRequest } from '../../../../src/services/appsync/auth/realtime';
import type { AuthRequest } from '../../../../src/services/appsync/auth/types';
import { type Credentials, CredentialIssuer } from '../../../../src/services/iam/credentials';
import { Policies } from '../../../../src/services/iam/policy';
import { post, unauthorized } from './requests';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const MINUTE = 60_000;
const FIELDS = 'arn:aws:appsync:eu-west-1:123456789012:apis/abc/types/Mutation/fields/';
const BODY = '{"query":"mutation { publish(text: \\"žluťoučký 🎫\\") }"}';

const credentials = new CredentialIssuer();
const provider = new IamProvider({ credentials, region: 'eu-west-1', accountId: '123456789012', now: () => NOW });
const caller = credentials.issue({
  roleArn: 'arn:aws:iam::123456789012:role/Projector',
  roleName: 'Projector',
  sessionName: 'project',
  policies: new Policies([{ Effect: 'Allow', Action: 'appsync:GraphQL', Resource: `${FIELDS}publish` }]),
});
const other = credentials.issue({
  roleArn: 'arn:aws:iam::123456789012:role/Other',
  roleName: 'Other',
  sessionName: 's',
  policies: new Policies([]),
});

interface Signing {
  as?: Credentials;
  at?: number;
  region?: string;
  service?: string;
  method?: string;
  path?: string;
  query?: Record<string, string | string[]>;
  headers?: Record<string, string>;
  body?: string;
  applyChecksum?: boolean;
  /** Headers to sign though they are of those that the SDK leaves out. */
  alsoSign?: string[];
}

const HEADERS = { host: 'localhost:4000', 'content-type': 'application/json', 'x-custom': ' two  words ' };

/** The headers that the AWS SDK would send. */
async function sign(signing: Signing = {}): Promise<Record<string, string>> {
  const {
    as = caller,
    at = NOW,
    region = 'eu-west-1',
    service = 'appsync',
    applyChecksum = false,
    alsoSign = [],
  } = signing;
  const { method = 'POST', path = '/graphql', query = {}, headers = HEADERS, body = BODY } = signing;
  const signer = new SignatureV4({ service, region, credentials: as, sha256: Sha256, applyChecksum });
  const request = new HttpRequest({ method, path, query, headers, body });
  return (await signer.sign(request, { signingDate: new Date(at), signableHeaders: new Set(alsoSign) })).headers;
}

async function signed(signing: Signing = {}): Promise<AuthRequest> {
  return post(await sign(signing), { body: signing.body ?? BODY });
}

function withHeaders(request: AuthRequest, headers: AuthRequest['headers']): AuthRequest {
  return {
    ...request,
    headers: { ...request.headers, ...headers },
  };
}

function authorizationOf(request: AuthRequest): string {
  return String(request.headers.authorization);
}

function edited(request: AuthRequest, edit: (authorization: string) => string): AuthRequest {
  return withHeaders(request, { authorization: edit(authorizationOf(request)) });
}

describe('IamProvider', () => {
  test('a signed request is its role', async () => {
    expect(await provider.authenticate(await signed())).toEqual({
      mode: 'AWS_IAM',
      groups: [],
      deniedFields: [],
      allowsField: expect.any(Function) as unknown,
      identity: {
        accountId: '123456789012',
        userArn: 'arn:aws:sts::123456789012:assumed-role/Projector/project',
        username: expect.stringMatching(/^AROA[0-9A-F]{17}:project$/) as unknown,
        sourceIp: ['127.0.0.1'],
        cognitoIdentityPoolId: null,
        cognitoIdentityId: null,
        cognitoIdentityAuthType: null,
        cognitoIdentityAuthProvider: null,
      },
    });
  });

  test("the role's policies tell which fields it may run", async () => {
    const { allowsField } = await provider.authenticate(await signed());
    expect(allowsField?.(`${FIELDS}publish`)).toBe(true);
    expect(allowsField?.(`${FIELDS}createPost`)).toBe(false);
  });

  test('a policy may tell where requests come from', async () => {
    const from = (range: string) =>
      credentials.issue({
        roleArn: 'arn:aws:iam::123456789012:role/Somewhere',
        roleName: 'Somewhere',
        sessionName: 's',
        policies: new Policies([
          { Effect: 'Allow', Action: '*', Resource: '*', Condition: { IpAddress: { 'aws:SourceIp': range } } },
        ]),
      });
    const here = await provider.authenticate(await signed({ as: from('127.0.0.1') }));
    const elsewhere = await provider.authenticate(await signed({ as: from('10.0.0.0/8') }));
    expect([here, elsewhere].map(({ allowsField }) => allowsField?.(`${FIELDS}publish`))).toEqual([true, false]);
  });

  const accepted: { name: string; request: () => Promise<AuthRequest> }[] = [
    { name: 'a signature just under five minutes old', request: () => signed({ at: NOW - 5 * MINUTE }) },
    { name: 'a signature of a clock five minutes fast', request: () => signed({ at: NOW + 5 * MINUTE }) },
    { name: 'a signed body hash', request: () => signed({ applyChecksum: true }) },
    {
      name: 'a header that nobody signed',
      request: async () => withHeaders(await signed(), { 'x-amz-user-agent': 'a' }),
    },
    {
      name: 'a body hash that nobody signed',
      request: async () => withHeaders(await signed(), { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }),
    },
    {
      name: 'no space between the parts',
      request: async () => edited(await signed(), (text) => text.replaceAll(', ', ',')),
    },
    {
      name: 'a query string',
      request: async () => ({
        ...(await signed({ query: { b: ['2', '1'], 'a ': 'ž/' } })),
        path: '/graphql?b=1&a+=%C5%BE/&b=2',
      }),
    },
    {
      name: 'a signed header that most signers leave out',
      request: () => signed({ headers: { ...HEADERS, 'user-agent': 'curl' }, alsoSign: ['user-agent'] }),
    },
    { name: 'an empty body', request: () => signed({ body: '' }) },
    {
      name: 'a repeated header',
      request: async () =>
        withHeaders(await signed({ headers: { ...HEADERS, 'x-custom': 'a,b' } }), { 'x-custom': ['a', 'b'] }),
    },
  ];
  test.each(accepted)('$name is fine', async ({ request }) => {
    await expect(provider.authenticate(await request())).resolves.toMatchObject({ mode: 'AWS_IAM' });
  });

  const { unknownKey, mismatch, incomplete } = iamRefusals;
  const agent: Signing = { headers: { ...HEADERS, 'user-agent': 'curl' }, alsoSign: ['user-agent'] };
  const flip = (text: string) => text.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  const refused: { name: string; request: () => Promise<AuthRequest>; message: string | RegExp }[] = [
    { name: 'an altered body', request: async () => ({ ...(await signed()), body: `${BODY} ` }), message: mismatch },
    {
      name: 'a body altered under a signed hash',
      request: async () => ({ ...(await signed({ applyChecksum: true })), body: `${BODY} ` }),
      message: mismatch,
    },
    {
      name: 'a signed UNSIGNED-PAYLOAD',
      request: () => signed({ headers: { ...HEADERS, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }),
      message: mismatch,
    },
    {
      name: 'an altered header',
      request: async () => withHeaders(await signed(), { 'x-custom': 'three words' }),
      message: mismatch,
    },
    {
      name: 'an altered header that most signers leave out',
      request: async () => withHeaders(await signed(agent), { 'user-agent': 'wget' }),
      message: mismatch,
    },
    {
      name: 'a signed header that is missing',
      request: async () => withHeaders(await signed(), { 'x-custom': undefined }),
      message: mismatch,
    },
    {
      name: 'another host',
      request: async () => withHeaders(await signed(), { host: 'localhost:5000' }),
      message: mismatch,
    },
    {
      name: 'another path',
      request: async () => ({ ...(await signed()), path: '/graphql/connect' }),
      message: mismatch,
    },
    {
      name: 'another query',
      request: async () => ({ ...(await signed({ query: { a: '1' } })), path: '/graphql?a=2' }),
      message: mismatch,
    },
    { name: 'another method', request: async () => ({ ...(await signed()), method: 'PUT' }), message: mismatch },
    {
      name: 'another date of the same day',
      request: async () => withHeaders(await signed(), { 'x-amz-date': '20260301T120001Z' }),
      message: mismatch,
    },
    { name: 'an altered signature', request: async () => edited(await signed(), flip), message: mismatch },
    {
      name: 'a secret of its own making',
      request: () => signed({ as: { ...caller, secretAccessKey: other.secretAccessKey } }),
      message: mismatch,
    },
    {
      name: 'a token added after signing',
      request: async () =>
        withHeaders(await signed({ as: { ...caller, sessionToken: '' } }), {
          'x-amz-security-token': caller.sessionToken,
        }),
      message: mismatch,
    },
    {
      name: 'a token struck from the signed headers',
      request: async () => edited(await signed(), (text) => text.replace(';x-amz-security-token', '')),
      message: mismatch,
    },
    {
      name: 'a stale date',
      request: () => signed({ at: NOW - 5 * MINUTE - 1000 }),
      message: /^Signature expired: signed at 2026-03-01T11:54:59/,
    },
    {
      name: 'a date to come',
      request: () => signed({ at: NOW + 5 * MINUTE + 1000 }),
      message: /^Signature not yet current: signed at 2026-03-01T12:05:01/,
    },
    {
      name: 'an unknown key',
      request: () => signed({ as: { ...caller, accessKeyId: 'ASIAAAAAAAAAAAAAAAAA' } }),
      message: unknownKey,
    },
    {
      name: 'a key of an earlier run',
      request: () =>
        signed({
          as: new CredentialIssuer().issue({ roleArn: '', roleName: '', sessionName: '', policies: new Policies([]) }),
        }),
      message: unknownKey,
    },
    {
      name: "another role's token",
      request: () => signed({ as: { ...caller, sessionToken: other.sessionToken } }),
      message: unknownKey,
    },
    {
      name: 'no token',
      request: async () => withHeaders(await signed(), { 'x-amz-security-token': undefined }),
      message: unknownKey,
    },
    {
      name: 'another region',
      request: () => signed({ region: 'us-east-1' }),
      message: /scoped to 20260301\/eu-west-1\/appsync\/aws4_request, not to 20260301\/us-east-1/,
    },
    { name: 'another service', request: () => signed({ service: 'execute-api' }), message: /scoped to .*appsync/ },
    {
      name: 'a scope of another day',
      request: async () => edited(await signed(), (text) => text.replace('/20260301/', '/20260228/')),
      message: /scoped to 20260301/,
    },
    {
      name: 'no date',
      request: async () => withHeaders(await signed(), { 'x-amz-date': undefined }),
      message: incomplete,
    },
    {
      name: 'a date of another form',
      request: async () => withHeaders(await signed(), { 'x-amz-date': '2026-03-01T12:00:00Z' }),
      message: incomplete,
    },
    {
      name: 'an impossible date',
      request: async () => withHeaders(await signed(), { 'x-amz-date': '20261301T120000Z' }),
      message: incomplete,
    },
    {
      name: 'a signature that leaves out the host',
      request: () => signed({ headers: { 'content-type': 'application/json' } }),
      message: incomplete,
    },
    {
      name: 'no signature in the header',
      request: async () => edited(await signed(), (text) => text.replace(/, Signature.*/, '')),
      message: incomplete,
    },
    {
      name: 'half a signature',
      request: async () => edited(await signed(), (text) => text.slice(0, -32)),
      message: incomplete,
    },
    {
      name: 'no Authorization',
      request: async () => withHeaders(await signed(), { authorization: undefined }),
      message: 'Valid authorization header not provided.',
    },
  ];
  test.each(refused)('$name is refused', async ({ request, message }) => {
    await expect(provider.authenticate(await request())).rejects.toMatchObject(unauthorized(message));
  });

  test.each(['?__proto__=1', '?constructor=1&toString=2', '?__proto__=1&__proto__=2'])(
    'a request that is signed without its query %s is refused',
    async (query) => {
      const request = { ...(await signed()), path: `/graphql${query}` };
      await expect(provider.authenticate(request)).rejects.toMatchObject(unauthorized(mismatch));
    },
  );

  test('names of what every object has are names like any other', async () => {
    const query = { constructor: '1', toString: ['2', '3'] };
    const request = post(await sign({ query }), { body: BODY, path: '/graphql?constructor=1&toString=2&toString=3' });
    await expect(provider.authenticate(request)).resolves.toMatchObject({ mode: 'AWS_IAM' });
    for (const name of ['__proto__', 'constructor', 'hasownproperty']) {
      const named = edited(await signed(), (text) => text.replace('SignedHeaders=', `SignedHeaders=${name};`));
      await expect(provider.authenticate(named)).rejects.toMatchObject(unauthorized(mismatch));
    }
  });

  test('a role is called the same in every run, and no two alike', async () => {
    const username = async (as: Credentials) => (await provider.authenticate(await signed({ as }))).identity?.username;
    expect(await username(caller)).toBe('AROA436F93871BE3019C8:project');
    expect(await username(other)).not.toMatch(/^AROA436F93871BE3019C8:/);
  });
});

describe('IamProvider over a WebSocket', () => {
  const REALTIME = {
    accept: 'application/json, text/javascript',
    'content-encoding': 'amz-1.0',
    host: 'localhost:4000',
  };
  const capitals = (headers: Record<string, string>) => {
    const { authorization, ...rest } = headers;
    return { ...rest, Authorization: authorization };
  };

  test('a handshake is signed for /graphql/connect with the body {}', async () => {
    const header = capitals(await sign({ path: '/graphql/connect', headers: REALTIME, body: '{}' }));
    await expect(provider.authenticate(connectRequest(header, '::1'))).resolves.toMatchObject({
      mode: 'AWS_IAM',
      identity: { sourceIp: ['::1'] },
    });
  });

  const data = '{"query":"subscription { onChange { id } }","variables":{}}';

  test('a start is signed for /graphql with its data', async () => {
    const header = { ...capitals(await sign({ headers: REALTIME, body: data })), 'x-amz-user-agent': 'amplify' };
    await expect(provider.authenticate(startRequest(header, data, '::1'))).resolves.toMatchObject({ mode: 'AWS_IAM' });
  });

  test("a handshake's signature starts nothing", async () => {
    const header = await sign({ path: '/graphql/connect', headers: REALTIME, body: '{}' });
    await expect(provider.authenticate(startRequest(header, data, '::1'))).rejects.toMatchObject(
      unauthorized(iamRefusals.mismatch),
    );
  });

  test('the signature of one start does not fit another', async () => {
    const header = await sign({ headers: REALTIME, body: data });
    const another = data.replace('id', 'post { title }');
    await expect(provider.authenticate(startRequest(header, another, '::1'))).rejects.toMatchObject(
      unauthorized(iamRefusals.mismatch),
    );
  });

  test('what is no string in the header object is left out', async () => {
    const header = {
      ...(await sign({ headers: REALTIME, body: data })),
      'X-Amz-Date': { toString: () => 'x' },
      Nested: [1],
    };
    expect(startRequest(header, data, '::1').headers).not.toHaveProperty('nested');
    await expect(provider.authenticate(startRequest(header, data, '::1'))).resolves.toMatchObject({ mode: 'AWS_IAM' });
  });
});
