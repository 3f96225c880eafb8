import { readFileSync } from 'node:fs';
import type { Deployment, Resource } from '../cloudformation/deployment';

/** The template asks for something that can't be run here: names the resource, and what was expected. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
  constructor(resource: Resource, what: string) {
    super(`${resource.path} (${resource.type}): ${what}`);
  }
}

/** A GraphQL API as the template describes it. */
export interface ApiDefinition {
  arn: string;
  sdl: string;
  /** The default mode first. */
  authentication: AuthenticationDefinition[];
  apiKeys: string[];
  environment: Record<string, string>;
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

/** A handler module and the data source that it works on; without code the data source gets the whole context. */
export interface StepDefinition {
  /** `Query.tickets`, or the name of the pipeline function. */
  id: string;
  code?: string;
  dataSource?: string;
  maxBatchSize: number;
}

export interface ResolverDefinition extends StepDefinition {
  typeName: string;
  fieldName: string;
  /** The functions of a pipeline, in order; undefined for a unit resolver. */
  pipeline?: StepDefinition[];
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
  const { AuthenticationType, AdditionalAuthenticationProviders, EnvironmentVariables, ...rest } = api.properties;
  const additional = (AdditionalAuthenticationProviders ?? []) as Record<string, unknown>[];
  const functions = new Map(
    deployment
      .resources('AWS::AppSync::FunctionConfiguration')
      .map((resource) => [resource.physical.attributes.FunctionId, step(deployment, resource, name(resource))]),
  );
  return {
    arn: String(api.physical.attributes.Arn),
    sdl: sdl(deployment, api),
    authentication: [
      { type: String(AuthenticationType), properties: rest },
      ...additional.map((properties) => ({ type: String(properties.AuthenticationType), properties })),
    ],
    apiKeys: apiKeys(deployment),
    environment: (EnvironmentVariables ?? {}) as Record<string, string>,
    dataSources: deployment.resources('AWS::AppSync::DataSource').map((resource) => ({
      name: name(resource),
      type: String(resource.properties.Type),
      properties: resource.properties,
      resource,
    })),
    resolvers: deployment
      .resources('AWS::AppSync::Resolver')
      .map((resource) => resolver(deployment, resource, functions)),
  };
}

function resolver(
  deployment: Deployment,
  resource: Resource,
  functions: Map<unknown, StepDefinition>,
): ResolverDefinition {
  const { TypeName, FieldName, Kind, PipelineConfig } = resource.properties;
  const ids = (PipelineConfig as { Functions?: string[] } | undefined)?.Functions ?? [];
  return {
    ...step(deployment, resource, `${TypeName}.${FieldName}`),
    typeName: String(TypeName),
    fieldName: String(FieldName),
    pipeline:
      Kind === 'PIPELINE'
        ? ids.map((id) => {
            const found = functions.get(id);
            if (!found) {
              throw new Unsupported(
                resource,
                `its pipeline names the function ${id}, which the template does not have`,
              );
            }
            return found;
          })
        : undefined,
  };
}

function step(deployment: Deployment, resource: Resource, id: string): StepDefinition {
  const { Runtime, DataSourceName, MaxBatchSize, RequestMappingTemplate, RequestMappingTemplateS3Location } =
    resource.properties;
  if (RequestMappingTemplate !== undefined || RequestMappingTemplateS3Location !== undefined) {
    throw new Unsupported(resource, 'mapping templates (VTL) are not run locally; write the resolver in APPSYNC_JS');
  }
  const code = text(deployment, resource, 'Code', 'CodeS3Location');
  const runtime = Runtime as { Name?: string; RuntimeVersion?: string } | undefined;
  if (code !== undefined && (runtime?.Name !== 'APPSYNC_JS' || runtime.RuntimeVersion !== '1.0.0')) {
    throw new Unsupported(resource, `its Runtime must be APPSYNC_JS 1.0.0, not ${JSON.stringify(runtime)}`);
  }
  return {
    id,
    code,
    dataSource: DataSourceName === undefined ? undefined : String(DataSourceName),
    maxBatchSize: Number(MaxBatchSize ?? 0),
  };
}

function sdl(deployment: Deployment, api: Resource): string {
  const schema = deployment
    .resources('AWS::AppSync::GraphQLSchema')
    .find(({ properties }) => properties.ApiId === api.physical.attributes.ApiId);
  const definition = schema && text(deployment, schema, 'Definition', 'DefinitionS3Location');
  if (definition === undefined) {
    throw new Unsupported(api, 'it has no AWS::AppSync::GraphQLSchema with a Definition');
  }
  return definition;
}

function apiKeys(deployment: Deployment): string[] {
  return deployment.resources('AWS::AppSync::ApiKey').map((resource, i) => {
    if (i === 0) {
      deployment.define(resource, { ApiKey: LOCAL_API_KEY });
    }
    return String(resource.physical.attributes.ApiKey);
  });
}

/** A text that stands in the template or in an asset (`s3://bucket/key`). */
function text(deployment: Deployment, resource: Resource, inline: string, location: string): string | undefined {
  const { [inline]: literal, [location]: url } = resource.properties;
  if (literal !== undefined || url === undefined) {
    return literal as string | undefined;
  }
  const key = String(url).split('/').pop()!;
  const file = deployment.assembly.asset(key);
  if (file === undefined) {
    throw new Unsupported(resource, `the assembly has no asset ${key}`);
  }
  return readFileSync(file, 'utf8');
}

function name(resource: Resource): string {
  return String(resource.properties.Name);
}
