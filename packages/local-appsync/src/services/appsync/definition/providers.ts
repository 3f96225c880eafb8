import { ApiKeyProvider } from '../auth/api-key';
import { IamProvider } from '../auth/iam';
import { LambdaAuthorizerProvider } from '../auth/lambda-authorizer';
import { OidcProvider } from '../auth/oidc';
import { remoteKeys } from '../auth/remote-keys';
import type { AuthProvider } from '../auth/types';
import type { LocalUserPool } from '../../cognito/user-pool';
import { UserPoolProvider } from '../auth/user-pool-provider';
import { ACCOUNT, REGION } from '../../../cloudformation/account';
import type { CredentialIssuer } from '../../iam/credentials';
import type { InvocationResult } from '../../lambda/function';
import { type ApiDefinition, type AuthenticationDefinition, Unsupported } from './definition';

/** What providers need of the world around the API. */
export interface ProviderSurroundings {
  credentials: CredentialIssuer;
  /** By pool id. */
  userPools: ReadonlyMap<string, LocalUserPool>;
  invokeLambda: (arn: string, payload: unknown) => Promise<InvocationResult>;
}

/** The provider of one of the API's authentication modes, as the template configures it. Throws Unsupported. */
export function authProvider(
  { type, properties }: AuthenticationDefinition,
  api: ApiDefinition,
  surroundings: ProviderSurroundings,
): AuthProvider {
  switch (type) {
    case 'API_KEY':
      return new ApiKeyProvider(api.apiKeys);
    case 'AWS_IAM':
      return new IamProvider({ credentials: surroundings.credentials, region: REGION, accountId: ACCOUNT });
    case 'AMAZON_COGNITO_USER_POOLS':
      return userPool(userPoolConfig(properties), api, surroundings);
    case 'OPENID_CONNECT':
      return openId(properties.OpenIDConnectConfig as OpenIdConfig | undefined, api);
    case 'AWS_LAMBDA':
      return lambda(properties.LambdaAuthorizerConfig as LambdaConfig | undefined, api, surroundings);
    default:
      throw new Unsupported(api.resource, `there is no AuthenticationType ${type}`);
  }
}

export interface UserPoolConfig {
  UserPoolId: string;
  AwsRegion?: string;
  AppIdClientRegex?: string;
  DefaultAction?: 'ALLOW' | 'DENY';
}

/** The configuration of an authentication with a user pool; undefined for one of another type. */
export function userPoolConfig(properties: Record<string, unknown>): UserPoolConfig | undefined {
  return properties.UserPoolConfig as UserPoolConfig | undefined;
}

function userPool(config: UserPoolConfig | undefined, api: ApiDefinition, { userPools }: ProviderSurroundings) {
  if (!config?.UserPoolId) {
    throw new Unsupported(api.resource, 'AMAZON_COGNITO_USER_POOLS needs a UserPoolConfig with a UserPoolId');
  }
  const { UserPoolId, AwsRegion = REGION, AppIdClientRegex, DefaultAction } = config;
  const local = userPools.get(UserPoolId);
  // A pool that the assembly does not have is a real one: its keys are fetched when its first token comes.
  const issuer = local?.issuer ?? `https://cognito-idp.${AwsRegion}.amazonaws.com/${UserPoolId}`;
  return withPattern(
    api,
    AppIdClientRegex,
    () =>
      new UserPoolProvider({
        issuer,
        keys: local?.keys ?? remoteKeys(issuer),
        appIdClientRegex: AppIdClientRegex,
        defaultAction: DefaultAction,
      }),
  );
}

interface OpenIdConfig {
  Issuer?: string;
  ClientId?: string;
  IatTTL?: number;
  AuthTTL?: number;
}

function openId(config: OpenIdConfig | undefined, api: ApiDefinition): AuthProvider {
  if (!config?.Issuer) {
    throw new Unsupported(api.resource, 'OPENID_CONNECT needs an OpenIDConnectConfig with an Issuer');
  }
  const { Issuer: issuer, ClientId: clientId, IatTTL, AuthTTL } = config;
  return withPattern(
    api,
    clientId,
    () =>
      new OidcProvider({
        issuer,
        keys: remoteKeys(issuer),
        clientId,
        iatTtlMs: numberOf(IatTTL),
        authTtlMs: numberOf(AuthTTL),
      }),
  );
}

interface LambdaConfig {
  AuthorizerUri?: string;
  AuthorizerResultTtlInSeconds?: number;
  IdentityValidationExpression?: string;
}

function lambda(config: LambdaConfig | undefined, api: ApiDefinition, { invokeLambda }: ProviderSurroundings) {
  if (!config?.AuthorizerUri) {
    throw new Unsupported(api.resource, 'AWS_LAMBDA needs a LambdaAuthorizerConfig with an AuthorizerUri');
  }
  const { AuthorizerUri, AuthorizerResultTtlInSeconds, IdentityValidationExpression } = config;
  return withPattern(
    api,
    IdentityValidationExpression,
    () =>
      new LambdaAuthorizerProvider({
        invoke: async (event) => {
          const result = await invokeLambda(AuthorizerUri, event);
          if (!result.ok) {
            throw new Error(`the authorizer ${AuthorizerUri} failed: ${result.errorType}: ${result.errorMessage}`);
          }
          return result.payload;
        },
        apiId: api.apiId,
        accountId: ACCOUNT,
        region: REGION,
        resultTtlSeconds: numberOf(AuthorizerResultTtlInSeconds),
        identityValidationExpression: IdentityValidationExpression,
      }),
  );
}

/** Templates write numbers as text, too. */
function numberOf(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function withPattern<T>(api: ApiDefinition, pattern: string | undefined, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new Unsupported(api.resource, `${pattern} is no regular expression: ${error.message}`);
    }
    throw error;
  }
}
