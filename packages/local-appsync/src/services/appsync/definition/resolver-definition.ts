import type { Deployment, Resource } from '../../../cloudformation/deployment';
import { definitionText } from './definition-text';
import { LIMITS } from '../limits';
import { Unsupported } from '../../../cloudformation/unsupported';

/** A handler module and the data source that it works on; without code the data source gets the whole context. */
export interface StepDefinition {
  /** `Query.posts`, or the name of the pipeline function. */
  id: string;
  code?: string;
  dataSource?: string;
  maxBatchSize: number;
  /** A pipeline has no data source of its own. */
  isPipeline: boolean;
  resource: Resource;
}

export interface ResolverDefinition extends StepDefinition {
  typeName: string;
  fieldName: string;
  /** The functions of a pipeline, in order; undefined for a unit resolver. */
  pipeline?: StepDefinition[];
}

/** The resolvers of the deployment. Throws Unsupported. */
export function resolverDefinitions(deployment: Deployment): ResolverDefinition[] {
  const functions = new Map(
    deployment
      .resources('AWS::AppSync::FunctionConfiguration')
      .map((resource) => [
        resource.physical.attributes.FunctionId,
        step(deployment, resource, String(resource.properties.Name)),
      ]),
  );
  return deployment.resources('AWS::AppSync::Resolver').map((resource) => {
    const { TypeName, FieldName, Kind, PipelineConfig } = resource.properties;
    const ids = (PipelineConfig as { Functions?: string[] } | undefined)?.Functions ?? [];
    return {
      ...step(deployment, resource, `${TypeName}.${FieldName}`),
      typeName: String(TypeName),
      fieldName: String(FieldName),
      pipeline: Kind === 'PIPELINE' ? pipeline(resource, ids, functions) : undefined,
    };
  });
}

function pipeline(resource: Resource, ids: string[], functions: Map<unknown, StepDefinition>): StepDefinition[] {
  if (ids.length > LIMITS.functionsPerPipeline) {
    throw new Unsupported(
      resource,
      `its pipeline has ${ids.length} functions; AppSync takes ${LIMITS.functionsPerPipeline}`,
    );
  }
  return ids.map((id) => {
    const found = functions.get(id);
    if (!found) {
      throw new Unsupported(resource, `its pipeline names the function ${id}, which the template does not have`);
    }
    return found;
  });
}

function step(deployment: Deployment, resource: Resource, id: string): StepDefinition {
  const { Runtime, DataSourceName, Kind, MaxBatchSize } = resource.properties;
  refuseTemplates(resource);
  const code = definitionText(deployment, resource, 'Code', 'CodeS3Location');
  const runtime = Runtime as { Name?: string; RuntimeVersion?: string } | undefined;
  if (code !== undefined && (runtime?.Name !== 'APPSYNC_JS' || runtime.RuntimeVersion !== '1.0.0')) {
    throw new Unsupported(resource, `its Runtime must be APPSYNC_JS 1.0.0, not ${JSON.stringify(runtime)}`);
  }
  const maxBatchSize = Number(MaxBatchSize ?? 0);
  if (!(maxBatchSize >= 0 && maxBatchSize <= LIMITS.maxBatchSize)) {
    throw new Unsupported(resource, `its MaxBatchSize must be from 0 to ${LIMITS.maxBatchSize}, not ${MaxBatchSize}`);
  }
  return {
    id,
    code,
    dataSource: DataSourceName === undefined ? undefined : String(DataSourceName),
    maxBatchSize,
    isPipeline: Kind === 'PIPELINE',
    resource,
  };
}

const TEMPLATES = [
  'RequestMappingTemplate',
  'RequestMappingTemplateS3Location',
  'ResponseMappingTemplate',
  'ResponseMappingTemplateS3Location',
];

function refuseTemplates(resource: Resource): void {
  if (TEMPLATES.some((property) => resource.properties[property] !== undefined)) {
    throw new Unsupported(resource, 'mapping templates (VTL) are not run locally; write the resolver in APPSYNC_JS');
  }
}
