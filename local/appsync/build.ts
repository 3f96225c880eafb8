import type { Deployment } from '../cloudformation/deployment';
import { ApiKeyProvider } from '../auth/api-key';
import { Authenticator } from '../auth/authenticator';
import type { AuthMode, AuthProvider } from '../auth/types';
import { FieldAuthorization } from '../auth/directives';
import { IamProvider } from '../auth/iam';
import { ACCOUNT, REGION } from '../cloudformation/account';
import type { DataSource } from '../datasource/data-source';
import { NoneDataSource } from '../datasource/none';
import type { CredentialIssuer } from '../iam/credentials';
import { Realm } from '../realm/realm';
import { GraphqlApi } from './api';
import {
  type ApiDefinition,
  apiDefinition,
  type AuthenticationDefinition,
  type DataSourceDefinition,
  type StepDefinition,
  Unsupported,
} from './definition';
import type { Step } from './resolver';
import { appsyncSchema } from './schema';
import { Subscriptions } from './subscriptions';

/** What an API needs of the world around it. */
export interface ApiSurroundings {
  credentials: CredentialIssuer;
  /** A data source that reaches outside the API; undefined where its type is not run locally. */
  dataSource(definition: DataSourceDefinition): DataSource | undefined;
  log(line: string): void;
}

export interface RunningApi {
  api: GraphqlApi;
  authenticator: Authenticator;
  definition: ApiDefinition;
}

/** The deployment's GraphQL API, ready to serve; undefined if it has none. Throws Unsupported, InvalidSchema, InvalidCode. */
export function buildApi(deployment: Deployment, surroundings: ApiSurroundings): RunningApi | undefined {
  const definition = apiDefinition(deployment);
  if (!definition) {
    return undefined;
  }
  const schema = appsyncSchema(definition.sdl);
  const [defaultMode, ...additionalModes] = definition.authentication.map(({ type }) => type as AuthMode);
  const authorization = new FieldAuthorization(schema, defaultMode!, additionalModes);
  const api = new GraphqlApi({
    arn: definition.arn,
    schema,
    resolvers: new Assembler(definition, surroundings).resolvers(),
    authorization,
    environment: definition.environment,
    subscriptions: new Subscriptions(schema, authorization),
  });
  const providers = definition.authentication.map((authentication) =>
    provider(authentication, definition, surroundings),
  );
  return { api, authenticator: new Authenticator(providers), definition };
}

class Assembler {
  private readonly realm: Realm;
  private readonly dataSources: Map<string, DataSource>;
  private readonly steps = new Map<StepDefinition, Step>();

  constructor(
    private readonly definition: ApiDefinition,
    { dataSource, log }: ApiSurroundings,
  ) {
    this.realm = new Realm({ log: (level, line) => log(`${level}: ${line}`) });
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
      const { id, code, dataSource } = definition;
      step = {
        id,
        code: code === undefined ? undefined : this.realm.load(id, code),
        dataSource: dataSource === undefined ? undefined : this.dataSource(id, dataSource),
      };
      this.steps.set(definition, step);
    }
    return step;
  }

  private dataSource(id: string, name: string): DataSource {
    const dataSource = this.dataSources.get(name);
    if (!dataSource) {
      throw new Error(`${id} names the data source ${name}, which the template does not have`);
    }
    return dataSource;
  }
}

function provider(
  { type }: AuthenticationDefinition,
  { apiKeys }: ApiDefinition,
  { credentials }: ApiSurroundings,
): AuthProvider {
  switch (type) {
    case 'API_KEY':
      return new ApiKeyProvider(apiKeys);
    case 'AWS_IAM':
      return new IamProvider({ credentials, region: REGION, accountId: ACCOUNT });
    default:
      throw new Error(`The authentication type ${type} is not run locally yet`);
  }
}
