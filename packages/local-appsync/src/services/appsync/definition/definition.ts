import type { Deployment, Resource } from '../../../cloudformation/deployment';
import { definitionText } from './definition-text';
import { LIMITS, type Limits } from '../limits';
import type { QueryRules } from '../execution/operation';
import { type ResolverDefinition, resolverDefinitions } from './resolver-definition';
import { Unsupported } from '../../../cloudformation/unsupported';

export type { ResolverDefinition, StepDefinition } from './resolver-definition';
export { Unsupported } from '../../../cloudformation/unsupported';

/** A GraphQL API as the template describes it. */
export interface ApiDefinition {
  resource: Resource;
  arn: string;
  apiId: string;
  sdl: string;
  /** The default mode first. */
  authentication: AuthenticationDefinition[];
  apiKeys: string[];
  environment: Record<string, string>;
  queries: QueryRules;
  limits: Partial<Limits>;
  dataSources: DataSourceDefinition[];
  resolvers: ResolverDefinition[];
}

export interface AuthenticationDefinition {
  type: string;
  properties: Record<string, unknown>;
}

export interface DataSourceDefinition {
  name: string;
  type: string;
  properties: Record<string, unknown>;
  resource: Resource;
}

/** The key of the first API key in the template: the same everywhere, so that it can be written in docs. */
const LOCAL_API_KEY = 'da2-local';

/** Reads the one GraphQL API of the deployment. Throws Unsupported. */
export function apiDefinition(deployment: Deployment): ApiDefinition | undefined {
  const [api, second] = deployment.resources('AWS::AppSync::GraphQLApi');
  if (!api) {
    return undefined;
  }
  if (second) {
    throw new Unsupported(second, 'only one GraphQL API can be run at a time; put the others into apps of their own');
  }
  const { ApiType, IntrospectionConfig, QueryDepthLimit, ResolverCountLimit } = api.properties;
  if (ApiType === 'MERGED') {
    throw new Unsupported(api, 'merged APIs are not run locally; start one of its source APIs');
  }
  return {
    resource: api,
    arn: String(api.physical.attributes.Arn),
    apiId: String(api.physical.attributes.ApiId),
    sdl: sdl(deployment, api),
    authentication: authentication(api),
    apiKeys: apiKeys(deployment, api),
    environment: environment(api),
    queries: { introspection: IntrospectionConfig !== 'DISABLED', maxDepth: Number(QueryDepthLimit ?? 0) },
    limits: Number(ResolverCountLimit ?? 0) > 0 ? { resolversPerRequest: Number(ResolverCountLimit) } : {},
    dataSources: deployment.resources('AWS::AppSync::DataSource').map((resource) => ({
      name: String(resource.properties.Name),
      type: String(resource.properties.Type),
      properties: resource.properties,
      resource,
    })),
    resolvers: resolverDefinitions(deployment),
  };
}

function authentication(api: Resource): AuthenticationDefinition[] {
  const { AuthenticationType, AdditionalAuthenticationProviders } = api.properties;
  const additional = (AdditionalAuthenticationProviders ?? []) as Record<string, unknown>[];
  return [
    { type: String(AuthenticationType), properties: api.properties },
    ...additional.map((properties) => ({ type: String(properties.AuthenticationType), properties })),
  ];
}

function environment(api: Resource): Record<string, string> {
  const variables = (api.properties.EnvironmentVariables ?? {}) as Record<string, string>;
  const { length } = Object.keys(variables);
  if (length > LIMITS.environmentVariables) {
    throw new Unsupported(api, `it has ${length} environment variables; AppSync takes ${LIMITS.environmentVariables}`);
  }
  return variables;
}

function sdl(deployment: Deployment, api: Resource): string {
  const schema = deployment
    .resources('AWS::AppSync::GraphQLSchema')
    .find(({ properties }) => properties.ApiId === api.physical.attributes.ApiId);
  const definition = schema && definitionText(deployment, schema, 'Definition', 'DefinitionS3Location');
  if (definition === undefined) {
    throw new Unsupported(api, 'it has no AWS::AppSync::GraphQLSchema with a Definition');
  }
  return definition;
}

function apiKeys(deployment: Deployment, api: Resource): string[] {
  const keys = deployment.resources('AWS::AppSync::ApiKey');
  if (keys.length > LIMITS.apiKeys) {
    throw new Unsupported(api, `it has ${keys.length} API keys; AppSync takes ${LIMITS.apiKeys}`);
  }
  return keys.map((resource, i) => {
    if (i === 0) {
      deployment.define(resource, { ApiKey: LOCAL_API_KEY });
    }
    return String(resource.physical.attributes.ApiKey);
  });
}
