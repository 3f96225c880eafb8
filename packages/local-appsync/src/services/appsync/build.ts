import { Authenticator } from './auth/authenticator';
import { FieldAuthorization } from './auth/directives';
import type { AuthMode } from './auth/types';
import type { Deployment } from '../../cloudformation/deployment';
import type { DataSource } from '../../appsync-js/data-source';
import { NoneDataSource } from './data-sources/none';
import type { Semantics } from '../../appsync-js/quirks/semantics';
import { Realm } from '../../appsync-js/realm/realm';
import { GraphqlApi } from './execution/api';
import {
  type ApiDefinition,
  apiDefinition,
  type DataSourceDefinition,
  type StepDefinition,
  Unsupported,
} from './definition/definition';
import { authProvider, type ProviderSurroundings, userPoolConfig } from './definition/providers';
import type { Step } from './execution/step';
import { appsyncSchema } from './execution/schema';
import { Subscriptions } from './realtime/subscriptions';
import type { Tracer } from './execution/tracing';

/** What an API needs of the world around it. */
export interface ApiSurroundings extends ProviderSurroundings {
  /** A data source that reaches outside the API; undefined where its type is not run locally. */
  dataSource: (definition: DataSourceDefinition) => DataSource | undefined;
  tracer?: Tracer;
  semantics?: Semantics;
  log: (line: string) => void;
}

export interface RunningApi {
  api: GraphqlApi;
  authenticator: Authenticator;
  definition: ApiDefinition;
  /** The ids of the user pools whose tokens it takes, the first first. */
  userPools: string[];
}

/** The deployment's GraphQL API, ready to serve; undefined if it has none. Throws Unsupported, InvalidSchema, InvalidCode. */
export function buildApi(deployment: Deployment, surroundings: ApiSurroundings): RunningApi | undefined {
  const definition = apiDefinition(deployment);
  if (!definition) {
    return undefined;
  }
  const { authentication, queries, limits } = definition;
  const { log, semantics, tracer } = surroundings;
  const schema = appsyncSchema(definition.sdl);
  const [defaultMode, ...additionalModes] = authentication.map(({ type }) => type as AuthMode);
  const pools = authentication.flatMap(({ properties }) => userPoolConfig(properties) ?? []);
  const authorization = new FieldAuthorization(schema, defaultMode!, additionalModes, {
    userPoolDefaultAction: userPoolConfig(authentication[0]!.properties)?.DefaultAction,
  });
  const api = new GraphqlApi({
    arn: definition.arn,
    schema,
    resolvers: new Assembler(definition, surroundings).resolvers(),
    authorization,
    environment: definition.environment,
    subscriptions: new Subscriptions(schema, authorization, log),
    queries,
    limits,
    semantics,
    tracer,
    log,
  });
  const providers = authentication.map((each) => authProvider(each, definition, surroundings));
  return {
    api,
    authenticator: new Authenticator(providers, log),
    definition,
    userPools: pools.map(({ UserPoolId }) => UserPoolId),
  };
}

class Assembler {
  private readonly realm: Realm;
  private readonly dataSources: Map<string, DataSource>;
  private readonly steps = new Map<StepDefinition, Step>();

  constructor(
    private readonly definition: ApiDefinition,
    { dataSource, log, semantics }: ApiSurroundings,
  ) {
    this.realm = new Realm({ log: (level, line) => log(`${level}: ${line}`), warn: log, semantics });
    this.dataSources = new Map(
      definition.dataSources.map((source) => {
        const made = source.type === 'NONE' ? new NoneDataSource(source.name) : dataSource(source);
        if (!made) {
          throw new Unsupported(source.resource, `data sources of type ${source.type} are not run locally`);
        }
        return [source.name, made];
      }),
    );
  }

  resolvers() {
    return this.definition.resolvers.map((resolver) => ({
      ...this.step(resolver),
      typeName: resolver.typeName,
      fieldName: resolver.fieldName,
      pipeline: resolver.pipeline?.map((step) => this.step(step)),
    }));
  }

  /** A function that several pipelines share is loaded once. */
  private step(definition: StepDefinition): Step {
    let step = this.steps.get(definition);
    if (!step) {
      const { id, code, maxBatchSize } = definition;
      step = {
        id,
        code: code === undefined ? undefined : this.realm.load(id, code),
        dataSource: this.dataSource(definition),
        maxBatchSize,
      };
      this.steps.set(definition, step);
    }
    return step;
  }

  private dataSource({ resource, code, dataSource: name, isPipeline }: StepDefinition): DataSource | undefined {
    if (name === undefined) {
      if (!isPipeline) {
        throw new Unsupported(resource, 'it needs a DataSourceName');
      }
      return undefined;
    }
    const dataSource = this.dataSources.get(name);
    if (!dataSource) {
      throw new Unsupported(resource, `it names the data source ${name}, which the template does not have`);
    }
    if (code === undefined && dataSource.type !== 'AWS_LAMBDA') {
      throw new Unsupported(resource, `without Code its data source must be a Lambda function, not ${dataSource.type}`);
    }
    return dataSource;
  }
}
