import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { ApiKeyProvider } from '../../../src/services/appsync/auth/api-key';
import { IamProvider } from '../../../src/services/appsync/auth/iam';
import { LambdaAuthorizerProvider } from '../../../src/services/appsync/auth/lambda-authorizer';
import { OidcProvider } from '../../../src/services/appsync/auth/oidc';
import type { AuthMode, AuthProvider } from '../../../src/services/appsync/auth/types';
import { LocalUserPool } from '../../../src/services/cognito/user-pool';
import { UserPoolProvider } from '../../../src/services/appsync/auth/user-pool-provider';
import { CredentialIssuer } from '../../../src/services/iam/credentials';
import { Policies } from '../../../src/services/iam/policy';
import { testIssuer, type TestIssuer } from './auth/tokens';
import { testApi, value } from './support/api';
import { API_KEY, type ServedApi, serveApi } from './support/endpoint';
import { FrameClient } from './support/frame-client';

/** Each field is open to the modes that its name lists, by directives of its own or of its type. */
const sdl = `
  type Query {
    byDefault: String
    key: String @aws_api_key
    pool: String @aws_cognito_user_pools
    agents: String @aws_cognito_user_pools(cognito_groups: ["agents", "admins"])
    iam: String @aws_iam
    oidc: String @aws_oidc
    lambda: String @aws_lambda
    keyAndIam: String @aws_api_key @aws_iam
    keyAndAgents: String @aws_api_key @aws_cognito_user_pools(cognito_groups: ["agents"])
    who: AWSJSON @aws_api_key @aws_cognito_user_pools @aws_iam @aws_oidc @aws_lambda
    typed: Typed @aws_api_key @aws_cognito_user_pools @aws_iam @aws_oidc @aws_lambda
  }
  type Mutation { m: String @aws_api_key }
  type Typed @aws_iam @aws_oidc { ofType: String  ofField: String @aws_api_key }
  type Subscription {
    open: String @aws_subscribe(mutations: ["m"]) @aws_api_key @aws_iam @aws_cognito_user_pools @aws_oidc @aws_lambda
    closed: String @aws_subscribe(mutations: ["m"]) @aws_cognito_user_pools(cognito_groups: ["agents"])
  }
`;
const FIELDS = ['byDefault', 'key', 'pool', 'agents', 'iam', 'oidc', 'lambda', 'keyAndIam', 'keyAndAgents'];
const MODES: [AuthMode, ...AuthMode[]] = [
  'API_KEY',
  'AMAZON_COGNITO_USER_POOLS',
  'AWS_IAM',
  'OPENID_CONNECT',
  'AWS_LAMBDA',
];
const ISSUER = 'https://issuer.example';

const credentials = new CredentialIssuer();
const pool = new LocalUserPool({ poolId: 'us-east-1_Test', region: 'us-east-1', clientId: 'client' });
let openId: TestIssuer;
let served: ServedApi;

function providers(): AuthProvider[] {
  return [
    new ApiKeyProvider([API_KEY]),
    new UserPoolProvider({ issuer: pool.issuer, keys: pool.keys }),
    new IamProvider({ credentials, region: 'us-east-1', accountId: '000000000000' }),
    new OidcProvider({ issuer: ISSUER, keys: openId.keys }),
    new LambdaAuthorizerProvider({
      invoke: ({ authorizationToken }) =>
        Promise.resolve({
          isAuthorized: authorizationToken.startsWith('let me in'),
          resolverContext: { role: 'guest' },
          deniedFields: authorizationToken.endsWith('partly') ? ['Query.lambda'] : [],
        }),
      apiId: 'test',
      accountId: '000000000000',
      region: 'us-east-1',
    }),
  ];
}

beforeAll(async () => {
  openId = await testIssuer();
  const resolvers = {
    ...Object.fromEntries(FIELDS.map((field) => [`Query.${field}`, value("'yes'")])),
    'Query.who': value('{ type: util.authType(), identity: ctx.identity }'),
    'Query.typed': value("{ ofType: 'yes', ofField: 'yes' }"),
    'Mutation.m': value("'changed'"),
  };
  served = await serveApi(testApi({ sdl, resolvers, modes: MODES }), { providers: providers() });
});
afterAll(() => served.close());

type Headers = Record<string, string>;
type Sign = (body: string, path?: string) => Promise<Headers> | Headers;

/** Credentials of a role that may run these fields. */
function signer(resource: string): Sign {
  const policies = new Policies([{ Effect: 'Allow', Action: 'appsync:GraphQL', Resource: resource }]);
  const issued = credentials.issue({
    roleArn: 'arn:aws:iam::000000000000:role/R',
    roleName: 'R',
    sessionName: 's',
    policies,
  });
  const v4 = new SignatureV4({ service: 'appsync', region: 'us-east-1', credentials: issued, sha256: Sha256 });
  return async (body, path = '/graphql') => {
    const headers = { host: new URL(served.url).host, 'content-type': 'application/json' };
    const request = new HttpRequest({ method: 'POST', path, headers, body });
    return (await v4.sign(request)).headers;
  };
}
const ALL = 'arn:aws:appsync:us-east-1:000000000000:apis/test/*';

function oidcToken() {
  return openId.sign({
    iss: ISSUER,
    sub: 'u',
    iat: Math.floor(Date.now() / 1000),
    exp: Math.floor(Date.now() / 1000) + 600,
  });
}

const CALLERS: [who: string, sign: Sign, reads: string[]][] = [
  ['an API key', () => ({ 'x-api-key': API_KEY }), ['byDefault', 'key', 'keyAndIam', 'keyAndAgents']],
  [
    'a user of the pool',
    async () => ({ authorization: await pool.token({ username: 'alice', groups: [] }) }),
    ['pool'],
  ],
  [
    'a user of the pool, by an id token with Bearer',
    async () => ({ authorization: `Bearer ${await pool.token({ username: 'alice', groups: [], use: 'id' })}` }),
    ['pool'],
  ],
  [
    'a user in a group',
    async () => ({ authorization: await pool.token({ username: 'bob', groups: ['agents'] }) }),
    ['pool', 'agents', 'keyAndAgents'],
  ],
  [
    'a user in another group',
    async () => ({ authorization: await pool.token({ username: 'eve', groups: ['admins', 'x'] }) }),
    ['pool', 'agents'],
  ],
  ['a role', (...signed) => signer(ALL)(...signed), ['iam', 'keyAndIam']],
  [
    'a role of one field',
    (...signed) => signer('arn:aws:appsync:us-east-1:000000000000:apis/test/types/Query/fields/iam')(...signed),
    ['iam'],
  ],
  ['a role of nothing', (...signed) => signer('arn:aws:appsync:us-east-1:000000000000:apis/other/*')(...signed), []],
  ['a user of the OpenID provider', async () => ({ authorization: await oidcToken() }), ['oidc']],
  ['whoever the function lets in', () => ({ authorization: 'let me in' }), ['lambda']],
  ['whoever the function lets in partly', () => ({ authorization: 'let me in partly' }), []],
];

describe.each(CALLERS)('%s', (_, sign, reads) => {
  const ask = async (query: string) => {
    const body = JSON.stringify({ query });
    const response = await served.post(body, await sign(body));
    return (await response.json()) as { data: Record<string, unknown>; errors?: { path: string[]; message: string }[] };
  };

  test(`reads ${reads.join(', ') || 'nothing'}; the other fields are null with an error each`, async () => {
    const { data, errors = [] } = await ask(`{ ${FIELDS.join(' ')} }`);
    expect(FIELDS.filter((field) => data[field] === 'yes')).toEqual(reads);
    const refused = FIELDS.filter((field) => !reads.includes(field));
    expect(errors.map(({ path }) => path)).toEqual(refused.map((field) => [field]));
    expect(errors).toEqual(
      refused.map((field): unknown =>
        expect.objectContaining({
          data: null,
          errorType: 'Unauthorized',
          message: `Not Authorized to access ${field} on type Query`,
        }),
      ),
    );
  });
});

describe('The identity that resolvers see', () => {
  const IDENTITIES: [who: string, sign: Sign, type: string, identity: unknown][] = [
    ['an API key', () => ({ 'x-api-key': API_KEY }), 'API Key Authorization', null],
    [
      'a user of the pool',
      async () => ({ authorization: await pool.token({ username: 'bob', groups: ['agents'] }) }),
      'User Pool Authorization',
      {
        username: 'bob',
        groups: ['agents'],
        sourceIp: ['127.0.0.1'],
        defaultAuthStrategy: 'ALLOW',
        issuer: pool.issuer,
      },
    ],
    [
      'a role',
      (...signed) => signer(ALL)(...signed),
      'IAM Authorization',
      { accountId: '000000000000', userArn: 'arn:aws:sts::000000000000:assumed-role/R/s', cognitoIdentityId: null },
    ],
    [
      'a user of the OpenID provider',
      async () => ({ authorization: await oidcToken() }),
      'Open ID Connect Authorization',
      { sub: 'u', issuer: ISSUER },
    ],
    [
      'whoever the function lets in',
      () => ({ authorization: 'let me in' }),
      'Lambda Authorization',
      { resolverContext: { role: 'guest' } },
    ],
  ];
  test.each(IDENTITIES)('of %s', async (_, sign, type, identity) => {
    const body = JSON.stringify({ query: '{ who }' });
    const { data } = (await (await served.post(body, await sign(body))).json()) as { data: { who: string } };
    const seen = JSON.parse(data.who) as { type: string; identity: unknown };
    expect(seen.type).toBe(type);
    if (identity === null) {
      expect(seen.identity).toBeNull();
    } else {
      expect(seen.identity).toMatchObject(identity as object);
    }
  });
});

describe('An object type', () => {
  const read = async (sign: Sign) => {
    const body = JSON.stringify({ query: '{ typed { ofType ofField } }' });
    return ((await (await served.post(body, await sign(body))).json()) as { data: { typed: unknown } }).data.typed;
  };
  test('is open to the modes of its directives, a field of it to those of its own', async () => {
    expect(await read(() => ({ 'x-api-key': API_KEY }))).toEqual({ ofType: null, ofField: 'yes' });
    expect(await read((...signed) => signer(ALL)(...signed))).toEqual({ ofType: 'yes', ofField: null });
    expect(await read(async () => ({ authorization: await oidcToken() }))).toEqual({ ofType: 'yes', ofField: null });
    expect(await read(() => ({ authorization: 'let me in' }))).toEqual({ ofType: null, ofField: null });
  });
});

describe('Over the realtime endpoint', () => {
  const subscribe = async (field: string, sign: Sign) => {
    const client = await FrameClient.connect(served.graphqlUrl, await sign('{}', '/graphql/connect'));
    const data = JSON.stringify({ query: `subscription { ${field} }`, variables: {} });
    client.start('1', `subscription { ${field} }`, {}, await sign(data));
    const answer = await client.next();
    client.close();
    return answer;
  };

  test.each(CALLERS)('%s may connect, and start what is open to its mode', async (who, sign) => {
    // A role also needs the right to the field.
    const mayStart = !['a role of one field', 'a role of nothing'].includes(who);
    expect((await subscribe('open', sign)).type).toBe(mayStart ? 'start_ack' : 'error');
  });

  test.each([
    ['a user in the group', ['agents'], 'start_ack'],
    ['a user of none', [], 'error'],
  ])('%s starts what is for the group: %s → %s', async (_, groups, type) => {
    const token = await pool.token({ username: 'u', groups });
    expect((await subscribe('closed', () => ({ authorization: token }))).type).toBe(type);
  });

  test('a signature is good for its own start alone', async () => {
    const sign = signer(ALL);
    const client = await FrameClient.connect(served.graphqlUrl, await sign('{}', '/graphql/connect'));
    client.start(
      '1',
      'subscription { open }',
      {},
      await sign(JSON.stringify({ query: 'subscription { closed }', variables: {} })),
    );
    expect(await client.next()).toMatchObject({
      type: 'error',
      payload: { errors: [{ errorType: 'UnauthorizedException' }] },
    });
    client.close();
  });
});
