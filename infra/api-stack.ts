import { Annotations, CfnOutput, Expiration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  type AuthorizationMode,
  AuthorizationType,
  type CfnGraphQLApi,
  GraphqlApi,
  IntrospectionConfig,
} from 'aws-cdk-lib/aws-appsync';
import type { Construct } from 'constructs';
import { EVENT_SCHEMA } from '../domain/events';
import type { DataStack } from './data-stack';
import { Alarms } from './alarms';
import { apiKeyProblem } from './api-key';
import { ApiLogs } from './api-logs';
import { StageDashboard } from './dashboard';
import { Firewall } from './firewall';
import { metricsOf } from './metrics';
import { Projector } from './projector';
import { Resolvers } from './resolvers';
import { schemaFor } from './schema';
import type { Stage, StageSettings } from './stage';
import { Tripwire } from './tripwire';
import type { Users } from './users';

export interface ApiStackProps extends StackProps {
  settings: StageSettings;
  data: DataStack;
}

/** What the outside may ask of an API that people depend on. */
const CLOSED = {
  introspectionConfig: IntrospectionConfig.DISABLED,
  // The schema's deepest is what changed in the history of each ticket of a list: 6.
  queryDepthLimit: 8,
  // A full page of tickets, each with its description, comments and history, is 301.
  resolverCountLimit: 500,
};

/** What can be deployed and rolled back at will: it holds no data. */
export class ApiStack extends Stack {
  readonly api: GraphqlApi;

  constructor(scope: Construct, id: string, { settings, data, ...props }: ApiStackProps) {
    super(scope, id, props);
    const { stage } = settings;
    const { events, users } = data;
    const view = data.view(settings.view);

    const [defaultAuthorization, ...additionalAuthorizationModes] = this.authorization(stage, users);
    const api = new GraphqlApi(this, 'Api', {
      name: 'tickets',
      definition: schemaFor([defaultAuthorization, ...additionalAuthorizationModes]),
      authorizationConfig: { defaultAuthorization, additionalAuthorizationModes },
      xrayEnabled: true,
      ...(stage === 'prod' ? CLOSED : {}),
    });
    this.api = api;
    new ApiLogs(this, 'ApiLogs', { api });
    if (stage === 'prod') {
      new Firewall(this, 'Firewall', { api });
    }

    const resolvers = new Resolvers(this, 'Resolvers', { api, events, view });
    const projector = new Projector(this, 'Projector', { api, events, view });
    // A deployment changes what a change is published through, then the projector, and then what filters changes and what
    // writes events: nothing meets what it does not know yet.
    projector.function.node.addDependency(resolvers.publish);
    resolvers.subscribe.node.addDependency(projector.function);
    resolvers.writers.forEach((writer) => writer.node.addDependency(projector.function));
    const tripwire = new Tripwire(this, 'Tripwire', { events });

    const metrics = metricsOf({ api, events, view, projector, tripwire });
    const alarms = new Alarms(this, 'Alarms', { metrics, email: this.node.tryGetContext('alarmEmail') as string });
    new StageDashboard(this, 'Dashboard', { stage, alarms: alarms.all, metrics });

    new CfnOutput(this, 'GraphqlUrl', { value: api.graphqlUrl });
    new CfnOutput(this, 'Region', { value: this.region });
    // Here, and not in the stack of the data: it changes together with what reads and writes the view.
    new CfnOutput(this, 'ViewTable', { value: view.tableName });
    // By which `npm run deploy` refuses to go back to code that could not read the log.
    new CfnOutput(this, 'EventSchema', { value: String(EVENT_SCHEMA) });
    new CfnOutput(this, 'AlarmTopic', { value: alarms.topic.topicArn });
    new CfnOutput(this, 'UserPoolId', { value: users.pool.userPoolId });
    new CfnOutput(this, 'WebClientId', { value: users.webClient.userPoolClientId });
    if (api.apiKey) {
      new CfnOutput(this, 'ApiKey', { value: api.apiKey });
    }

    // The desk imports them. Without it they stay: see the stack of the data.
    [api.graphqlUrl, this.realtimeUrl].forEach((value) => this.exportValue(value));
  }

  get realtimeUrl(): string {
    return (this.api.node.defaultChild as CfnGraphQLApi).attrRealtimeUrl;
  }

  /** Users first: a type of the schema that grants nothing to anybody is then closed to keys and to IAM. */
  private authorization(stage: Stage, users: Users): [AuthorizationMode, ...AuthorizationMode[]] {
    return [
      {
        authorizationType: AuthorizationType.USER_POOL,
        // Tokens that the pool made for another client are not for this API.
        userPoolConfig: { userPool: users.pool, appIdClientRegex: users.webClient.userPoolClientId },
      },
      { authorizationType: AuthorizationType.IAM },
      ...(stage === 'prod' ? [] : [this.apiKey()]),
    ];
  }

  private apiKey(): AuthorizationMode {
    const problem = apiKeyProblem(this.node.tryGetContext('apiKeyExpires'), Date.now());
    if (problem) {
      // Nothing that runs or tests the system here may stop on some date.
      Annotations.of(this).addWarningV2('tickets:apiKeyExpires', `${problem} A key would last for seven days.`);
    }
    return {
      authorizationType: AuthorizationType.API_KEY,
      apiKeyConfig: {
        // Another name is another key.
        name: this.node.tryGetContext('apiKeyName') as string | undefined,
        // A date, not a span: a span would make a new key with every deployment.
        expires: problem ? undefined : Expiration.atDate(new Date(String(this.node.getContext('apiKeyExpires')))),
      },
    };
  }
}
