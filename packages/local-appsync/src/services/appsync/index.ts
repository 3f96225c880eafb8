import type { IncomingMessage } from 'node:http';
import type { Deployment } from '../../cloudformation/deployment';
import { arn, hash } from '../../cloudformation/physical';
import { pathOf, type Route } from '../../endpoint/route';
import { StartError } from '../../shared/start-error';
import { cognito } from '../cognito';
import { dynamodb } from '../dynamodb';
import { iam } from '../iam';
import { lambda } from '../lambda';
import type { Machine } from '../machine';
import type { DeployedService, Needed, RunningService, Service } from '../service';
import { buildApi, type RunningApi } from './build';
import { DeploymentCheck } from './code-check/deployment-check';
import { dataSources } from './data-sources/data-sources';
import { GraphqlHttp } from './http';
import { LiveApi } from './live-api';
import { Realtime } from './realtime/realtime';

const needs = { iam, dynamodb, lambda, cognito };

/** AppSync: one GraphQL API with JavaScript resolvers, over HTTP and WebSocket. */
export const appsync: Service<DeployedApi, typeof needs> = {
  name: 'appsync',
  needs,
  resourceTypes: {
    'AWS::AppSync::GraphQLApi': (name, _, endpoint) => {
      const id = apiId(name);
      const host = new URL(endpoint).host;
      const url = `${endpoint}/graphql`;
      const resource = arn('appsync', `apis/${id}`);
      return {
        ref: resource,
        attributes: {
          ApiId: id,
          Arn: resource,
          GraphQLUrl: url,
          GraphQLDns: host,
          GraphQLEndpointArn: arn('appsync', `endpoints/graphql-api/${id}`),
          RealtimeUrl: `${url.replace(/^http/, 'ws')}/realtime`,
          RealtimeDns: host,
        },
      };
    },
    'AWS::AppSync::GraphQLSchema': (name) => ({ ref: name, attributes: { Id: name } }),
    'AWS::AppSync::ApiKey': (name, value) => {
      const key = `${value('ApiId')}/${name}`;
      return {
        ref: arn('appsync', `apis/${value('ApiId')}/apikeys/${name}`),
        attributes: { ApiKey: `da2-${hash(key)}`, ApiKeyId: `da2-${hash(key)}`, Arn: arn('appsync', `apikey/${key}`) },
      };
    },
    'AWS::AppSync::DataSource': (_, value) => {
      const resource = arn('appsync', `apis/${value('ApiId')}/datasources/${value('Name')}`);
      return { ref: resource, attributes: { DataSourceArn: resource, Name: value('Name') } };
    },
    'AWS::AppSync::FunctionConfiguration': (name, value) => {
      const resource = arn('appsync', `apis/${value('ApiId')}/functions/${hash(name)}`);
      return {
        ref: resource,
        attributes: {
          FunctionArn: resource,
          FunctionId: hash(name),
          Name: value('Name'),
          DataSourceName: value('DataSourceName'),
        },
      };
    },
    'AWS::AppSync::Resolver': (_, value) => {
      const [typeName, fieldName] = [value('TypeName'), value('FieldName')];
      const resource = arn('appsync', `apis/${value('ApiId')}/types/${typeName}/resolvers/${fieldName}`);
      return { ref: resource, attributes: { ResolverArn: resource, TypeName: typeName, FieldName: fieldName } };
    },
  },
  start: (machine) => new RunningAppSync(machine),
};

/** 26 lower-case letters and digits, as AppSync's are. */
function apiId(name: string): string {
  return hash(name).slice(0, 26);
}

/** What clients reach: it stays, with their sockets, while APIs follow one another. */
class RunningAppSync implements RunningService<DeployedApi, typeof needs> {
  readonly routes: readonly Route[];
  current?: DeployedApi;
  private served?: { live: LiveApi; http: GraphqlHttp; realtime: Realtime };
  private readonly codeCheck: DeploymentCheck;

  constructor(private readonly machine: Machine) {
    this.codeCheck = new DeploymentCheck({ ...machine.options, signal: machine.signal });
    const isAt = (request: IncomingMessage, ...paths: string[]) =>
      this.served !== undefined && paths.includes(pathOf(request));
    this.routes = [
      {
        corsOnAws: true,
        serves: (request) => isAt(request, '/graphql'),
        handle: (request, response) => this.served!.http.handle(request, response),
      },
      {
        corsOnAws: true,
        serves: (request) => isAt(request, '/graphql/realtime', '/graphql'),
        upgrade: (request, socket, head) => this.served!.realtime.upgrade(request, socket, head),
      },
    ];
  }

  check(deployment: Deployment): Promise<void> {
    return this.codeCheck.check(deployment);
  }

  deploy(deployment: Deployment, { iam, dynamodb, lambda, cognito }: Needed<typeof needs>): DeployedApi {
    const { semantics, tracer } = this.machine.options;
    const { functions } = lambda;
    const api = buildApi(deployment, {
      credentials: iam.credentials,
      userPools: cognito.pools,
      invokeLambda: (reference, payload) => functions.invoke(reference, payload),
      dataSource: dataSources({ client: dynamodb.client, functions, policies: iam.policies, semantics }),
      semantics,
      tracer,
      log: this.machine.log,
    });
    if (this.current && (this.current.api === undefined) !== (api === undefined)) {
      throw new StartError('A GraphQL API comes or goes: that takes a restart.');
    }
    api?.userPools.forEach((poolId) => cognito.prefer(poolId));
    return new DeployedApi(this, api);
  }

  /** Resolves when no request is under way any more in the API of before. */
  async serve(api: RunningApi): Promise<void> {
    if (this.served) {
      return this.served.live.replace(api);
    }
    const live = new LiveApi(api);
    const { log } = this.machine;
    this.served = { live, http: new GraphqlHttp(live, live), realtime: new Realtime(live, live, { log }) };
  }

  async stop(): Promise<void> {
    this.served?.realtime.close();
    await this.codeCheck.stop();
  }
}

/** The GraphQL API of a deployment that has one. */
export class DeployedApi implements DeployedService {
  private replaced: Promise<void> = Promise.resolve();

  constructor(
    private readonly running: RunningAppSync,
    readonly api: RunningApi | undefined,
  ) {}

  get apiKeys(): string[] {
    return this.api?.definition.apiKeys ?? [];
  }

  start(): void {
    this.running.current = this;
    if (this.api) {
      this.replaced = this.running.serve(this.api);
      // Whoever awaits it hears of a failure.
      this.replaced.catch(() => undefined);
    }
  }

  settled(): Promise<void> {
    return this.replaced;
  }
}
