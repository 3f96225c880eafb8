import type { AuthMode } from '../../../src/services/appsync/auth/types';
import type { ResourceTemplate, Template } from '../../../src/cloudformation/assembly';
import { Deployment } from '../../../src/cloudformation/deployment';
import { buildApi } from '../../../src/services/appsync/build';
import { NoneDataSource } from '../../../src/services/appsync/data-sources/none';
import { CredentialIssuer } from '../../../src/services/iam/credentials';
import { DeployedUserPools } from '../../../src/services/cognito';
import { TokenRoute } from '../../../src/services/cognito/local-token';
import { localUserPools } from '../../../src/services/cognito/user-pools';
import { TYPES } from '../../cloudformation/deployments';
import { StartError } from '../../../src/shared/start-error';
import { code } from './support/api';

const RUNTIME = { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' };
const API_ID = { 'Fn::GetAtt': ['Api', 'ApiId'] };
const SDL = 'type Query { a: String  b: String }';

interface Parts {
  api?: Record<string, unknown>;
  sdl?: string;
  resolver?: Record<string, unknown>;
  more?: Record<string, ResourceTemplate>;
  assets?: Record<string, string>;
}

/** An API of one resolver, Query.a, as a template has it. */
function deployment({ api = {}, sdl = SDL, resolver = {}, more = {}, assets = {} }: Parts = {}): Deployment {
  const template: Template = {
    stackName: 'Stack',
    Resources: {
      Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'api', AuthenticationType: 'API_KEY', ...api } },
      Schema: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId: API_ID, Definition: sdl } },
      Key: { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId: API_ID } },
      None: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId: API_ID, Name: 'None', Type: 'NONE' } },
      Resolver: {
        Type: 'AWS::AppSync::Resolver',
        Properties: {
          ApiId: API_ID,
          TypeName: 'Query',
          FieldName: 'a',
          DataSourceName: 'None',
          Runtime: RUNTIME,
          Code: code({ response: "return 'a';" }),
          ...resolver,
        },
      },
      ...more,
    },
  };
  return new Deployment({ templates: [template], asset: (key) => assets[key] }, 'http://127.0.0.1:4000', TYPES);
}

const invoked: unknown[] = [];
function build(parts?: Parts) {
  const deployed = deployment(parts);
  const pools = new DeployedUserPools(localUserPools(deployed), new TokenRoute());
  const running = buildApi(deployed, {
    credentials: new CredentialIssuer(),
    userPools: pools.pools,
    invokeLambda: (arn, payload) => {
      invoked.push([arn, payload]);
      return Promise.resolve({ ok: true, payload: { isAuthorized: true } });
    },
    dataSource: ({ name, type }) => (type === 'AWS_LAMBDA' ? new NoneDataSource(name) : undefined),
    log: () => undefined,
  })!;
  running.userPools.forEach((poolId) => pools.prefer(poolId));
  return { ...running, userPool: pools.issuer };
}

function request(headers: Record<string, string>) {
  return {
    headers,
    method: 'POST',
    path: '/graphql',
    body: '{}',
    sourceIp: '127.0.0.1',
  };
}

function messageOf(parts: Parts): string {
  try {
    build(parts);
  } catch (error) {
    if (error instanceof StartError) {
      return error.message;
    }
    throw error;
  }
  throw new Error('it was taken');
}

const POOL: Record<string, ResourceTemplate> = {
  Pool: { Type: 'AWS::Cognito::UserPool' },
  Other: { Type: 'AWS::Cognito::UserPool' },
  Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' } } },
  Group: { Type: 'AWS::Cognito::UserPoolGroup', Properties: { GroupName: 'agents', UserPoolId: { Ref: 'Pool' } } },
};

function USER_POOL(more = {}) {
  return {
    UserPoolId: { Ref: 'Pool' },
    AwsRegion: { Ref: 'AWS::Region' },
    DefaultAction: 'ALLOW',
    ...more,
  };
}

describe('An API of a template', () => {
  test('runs, with the first key by a name of its own', async () => {
    const { api, authenticator, definition } = build();
    const caller = await authenticator.authenticate(request({ 'x-api-key': 'da2-local' }));
    expect((await api.run({ query: '{ a b }' }, caller, {})).data).toEqual({ a: 'a', b: null });
    expect(definition.apiKeys).toEqual(['da2-local']);
  });

  const modes: [type: AuthMode, config: Record<string, unknown>][] = [
    ['AWS_IAM', {}],
    [
      'OPENID_CONNECT',
      { OpenIDConnectConfig: { Issuer: 'https://issuer.example', ClientId: '[0-9]+', IatTTL: 1, AuthTTL: '2' } },
    ],
    ['AMAZON_COGNITO_USER_POOLS', { UserPoolConfig: USER_POOL({ AppIdClientRegex: '.*' }) }],
    ['AWS_LAMBDA', { LambdaAuthorizerConfig: { AuthorizerUri: 'arn:f', AuthorizerResultTtlInSeconds: 60 } }],
  ];
  test.each(modes)('may have %s as its default mode and as an additional one', (type, config) => {
    const own = build({ api: { AuthenticationType: type, ...config }, more: POOL });
    expect(own.authenticator.modes).toEqual([type]);
    const added = build({
      api: { AdditionalAuthenticationProviders: [{ AuthenticationType: type, ...config }] },
      more: POOL,
    });
    expect(added.authenticator.modes).toEqual(['API_KEY', type]);
  });

  test('takes tokens of the local pool that it names, and hands them out', async () => {
    const { authenticator, userPool } = build({
      api: { AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: USER_POOL() },
      more: { First: { Type: 'AWS::Cognito::UserPool' }, ...POOL },
    });
    const token = await userPool!.token({ username: 'alice', groups: ['agents'] });
    const caller = await authenticator.authenticate(request({ authorization: token }));
    expect(caller).toMatchObject({
      mode: 'AMAZON_COGNITO_USER_POOLS',
      groups: ['agents'],
      identity: { username: 'alice' },
    });
  });

  test('takes tokens of the app clients that its pool’s expression names, and of no others', async () => {
    const authenticated = async (AppIdClientRegex: unknown) => {
      const { authenticator, userPool } = build({
        api: { AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: USER_POOL({ AppIdClientRegex }) },
        more: POOL,
      });
      const token = await userPool!.token({ username: 'alice', groups: [] });
      return authenticator.authenticate(request({ authorization: token })).then(
        () => true,
        () => false,
      );
    };
    expect(await authenticated({ Ref: 'Client' })).toBe(true);
    expect(await authenticated('another')).toBe(false);
  });

  test.each([
    ['ALLOW', 'a'],
    ['DENY', null],
  ])('whose pool’s DefaultAction is %s answers a field without directives with %j', async (DefaultAction, expected) => {
    const { api, authenticator, userPool } = build({
      api: { AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: USER_POOL({ DefaultAction }) },
      more: POOL,
    });
    const token = await userPool!.token({ username: 'alice', groups: [] });
    const caller = await authenticator.authenticate(request({ authorization: token }));
    expect((await api.run({ query: '{ a }' }, caller, {})).data).toEqual({ a: expected });
  });

  test('asks the function of its Lambda authorizer', async () => {
    invoked.length = 0;
    const config = { AuthorizerUri: 'arn:authorizer', IdentityValidationExpression: 'let .*' };
    const { authenticator } = build({ api: { AuthenticationType: 'AWS_LAMBDA', LambdaAuthorizerConfig: config } });
    await authenticator.authenticate(request({ authorization: 'let me in' }));
    await expect(authenticator.authenticate(request({ authorization: 'open' }))).rejects.toThrow('not authorized');
    expect(invoked).toEqual([['arn:authorizer', expect.objectContaining({ authorizationToken: 'let me in' })]]);
  });

  test('without a pool has nobody to hand out tokens, one that nobody uses hands them out', () => {
    expect(build().userPool).toBeUndefined();
    expect(build({ more: POOL }).userPool).toBeDefined();
  });

  test('limits resolvers, depth and introspection as it is configured', async () => {
    const { api, authenticator } = build({
      api: { ResolverCountLimit: 1, QueryDepthLimit: 1, IntrospectionConfig: 'DISABLED' },
    });
    const caller = await authenticator.authenticate(request({ 'x-api-key': 'da2-local' }));
    const typeOf = async (query: string) => (await api.run({ query }, caller, {})).errors?.[0]?.errorType;
    expect(await typeOf('{ a again: a }')).toBe('ResolverExecutionLimitReached');
    expect(await typeOf('{ a }')).toBeUndefined();
    expect((await api.run({ query: '{ __schema { types { name } } }' }, caller, {})).data).toBeNull();
  });

  test('may declare for itself what AppSync brings along', () => {
    const declared = `scalar AWSDateTime directive @aws_iam on OBJECT directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION`;
    expect(() => build({ sdl: `${declared} ${SDL}` })).not.toThrow();
  });
});

describe('What AppSync would refuse, or can’t run here, is told in one line that names the resource:', () => {
  const functions = (count: number): Record<string, ResourceTemplate> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `F${i}`,
        {
          Type: 'AWS::AppSync::FunctionConfiguration',
          Properties: { ApiId: API_ID, Name: `f${i}`, DataSourceName: 'None', Runtime: RUNTIME, Code: code({}) },
        },
      ]),
    );
  const pipeline = (count: number): Parts => ({
    resolver: {
      Kind: 'PIPELINE',
      DataSourceName: undefined,
      PipelineConfig: { Functions: Object.keys(functions(count)).map((id) => ({ 'Fn::GetAtt': [id, 'FunctionId'] })) },
    },
    more: functions(count),
  });
  const keys = (count: number): Record<string, ResourceTemplate> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `Key${i}`,
        { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId: API_ID } },
      ]),
    );
  const variables = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`V${i}`, 'x']));

  test('what is at the limit is taken', () => {
    expect(() => build(pipeline(10))).not.toThrow();
    expect(() => build({ more: keys(49) })).not.toThrow();
    expect(() => build({ api: { EnvironmentVariables: variables(50) } })).not.toThrow();
    const comment = '#'.padEnd(1024 * 1024 - SDL.length - 1, '-');
    expect(() => build({ sdl: `${comment}\n${SDL}` })).not.toThrow();
  });

  const refused: [what: string, parts: Parts, message: RegExp][] = [
    ['eleven functions in a pipeline', pipeline(11), /Resolver.*11 functions; AppSync takes 10/],
    ['51 API keys', { more: keys(50) }, /Api .*51 API keys; AppSync takes 50/],
    ['51 environment variables', { api: { EnvironmentVariables: variables(51) } }, /51 environment variables/],
    ['a schema over a megabyte', { sdl: `#${'-'.repeat(1024 * 1024)}\n${SDL}` }, /schema has 1048\d+ bytes/],
    ['a schema that is none', { sdl: 'type Query {' }, /The GraphQL schema is refused: Syntax Error/],
    ['a schema without queries', { sdl: 'type Thing { a: Int }' }, /no Query type/],
    [
      'a subscription to a mutation that is not there',
      { sdl: `${SDL} type Mutation { m: Int } type Subscription { s: Int @aws_subscribe(mutations: ["x"]) }` },
      /Subscription\.s subscribes to the mutation x, which does not exist/,
    ],
    [
      'a subscription of another type than its mutation',
      { sdl: `${SDL} type Mutation { m: Int } type Subscription { s: String @aws_subscribe(mutations: ["m"]) }` },
      /Subscription\.s is a String, but the mutation m is a Int/,
    ],
    ['a MaxBatchSize over 2000', { resolver: { MaxBatchSize: 2001 } }, /MaxBatchSize must be from 0 to 2000, not 2001/],
    ['mapping templates', { resolver: { RequestMappingTemplate: '{}' } }, /mapping templates \(VTL\)/],
    ['response templates', { resolver: { ResponseMappingTemplate: '{}' } }, /mapping templates \(VTL\)/],
    [
      'another runtime',
      { resolver: { Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '2.0.0' } } },
      /APPSYNC_JS 1\.0\.0/,
    ],
    ['a data source that is not there', { resolver: { DataSourceName: 'Gone' } }, /data source Gone, which/],
    ['a unit resolver without a data source', { resolver: { DataSourceName: undefined } }, /needs a DataSourceName/],
    [
      'no code for NONE',
      { resolver: { Code: undefined, Runtime: undefined } },
      /without Code its data source must be a Lambda/,
    ],
    [
      'code that AppSync refuses',
      { resolver: { Code: 'export const request = () => { throw 1; };' } },
      /Query\.a[\s\S]*code\.js:1:/,
    ],
    ['an asset that is not there', { resolver: { Code: undefined, CodeS3Location: 's3://b/x.js' } }, /no asset x\.js/],
    ['a merged API', { api: { ApiType: 'MERGED' } }, /merged APIs/],
    [
      'a second API',
      { more: { Two: { Type: 'AWS::AppSync::GraphQLApi', Properties: {} } } },
      /Two.*only one GraphQL API/,
    ],
    ['an unknown way of authorization', { api: { AuthenticationType: 'PASSWORD' } }, /no AuthenticationType PASSWORD/],
    ['no user pool', { api: { AuthenticationType: 'AMAZON_COGNITO_USER_POOLS' } }, /UserPoolConfig with a UserPoolId/],
    ['no issuer', { api: { AuthenticationType: 'OPENID_CONNECT' } }, /OpenIDConnectConfig with an Issuer/],
    ['no authorizer', { api: { AuthenticationType: 'AWS_LAMBDA' } }, /LambdaAuthorizerConfig with an AuthorizerUri/],
    [
      'an expression that is none',
      {
        api: {
          AuthenticationType: 'AWS_LAMBDA',
          LambdaAuthorizerConfig: { AuthorizerUri: 'a', IdentityValidationExpression: '(' },
        },
      },
      /\( is no regular expression/,
    ],
    [
      'a data source of a type that is not run',
      { more: { Http: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId: API_ID, Name: 'H', Type: 'HTTP' } } } },
      /Http .*type HTTP are not run locally/,
    ],
    [
      'a reference to nothing',
      { api: { UserPoolConfig: { UserPoolId: { Ref: 'Nothing' } } } },
      /no resource or parameter Nothing/,
    ],
  ];
  test.each(refused)('%s', (_, parts, message) => {
    expect(messageOf(parts)).toMatch(message);
  });
});

test('Resources of Cognito answer Ref and GetAtt as CloudFormation documents them', () => {
  const deployed = deployment({ more: POOL });
  const [pool] = deployed.resources('AWS::Cognito::UserPool');
  expect(pool!.physical.ref).toMatch(/^us-east-1_[0-9a-zA-Z]{9}$/);
  expect(pool!.physical.attributes).toEqual({
    UserPoolId: pool!.physical.ref,
    Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${pool!.physical.ref}`,
    ProviderName: `cognito-idp.us-east-1.amazonaws.com/${pool!.physical.ref}`,
    ProviderURL: `https://cognito-idp.us-east-1.amazonaws.com/${pool!.physical.ref}`,
  });
  const [client] = deployed.resources('AWS::Cognito::UserPoolClient');
  expect(client!.physical.ref).toMatch(/^[0-9a-z]{26}$/);
  expect(client!.properties).toEqual({ UserPoolId: pool!.physical.ref });
  const [group] = deployed.resources('AWS::Cognito::UserPoolGroup');
  expect(group!.physical.ref).toBe('agents');
});
