import { CfnOutput, Expiration, Stack, type StackProps } from 'aws-cdk-lib';
import { type AuthorizationMode, AuthorizationType, GraphqlApi, IntrospectionConfig } from 'aws-cdk-lib/aws-appsync';
import type { Construct } from 'constructs';
import type { DataStack } from './data-stack';
import { Alarms } from './alarms';
import { ApiLogs } from './api-logs';
import { StageDashboard } from './dashboard';
import { Firewall } from './firewall';
import { metricsOf } from './metrics';
import { Projector } from './projector';
import { Resolvers } from './resolvers';
import { schemaFor } from './schema';
import type { Stage } from './stage';
import { Tripwire } from './tripwire';
import type { Users } from './users';

export interface ApiStackProps extends StackProps {
  stage: Stage;
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

  constructor(scope: Construct, id: string, { stage, data, ...props }: ApiStackProps) {
    super(scope, id, props);
    const { events, view, users } = data;

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

    new Resolvers(this, 'Resolvers', { api, events, view });
    const projector = new Projector(this, 'Projector', { api, events, view });
    const tripwire = new Tripwire(this, 'Tripwire', { events });

    const metrics = metricsOf({ api, events, view, projector, tripwire });
    const alarms = new Alarms(this, 'Alarms', { metrics, email: this.node.tryGetContext('alarmEmail') as string });
    new StageDashboard(this, 'Dashboard', { stage, alarms: alarms.all, metrics });

    new CfnOutput(this, 'GraphqlUrl', { value: api.graphqlUrl });
    new CfnOutput(this, 'Region', { value: this.region });
    new CfnOutput(this, 'AlarmTopic', { value: alarms.topic.topicArn });
    new CfnOutput(this, 'UserPoolId', { value: users.pool.userPoolId });
    new CfnOutput(this, 'WebClientId', { value: users.webClient.userPoolClientId });
    if (api.apiKey) {
      new CfnOutput(this, 'ApiKey', { value: api.apiKey });
    }
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
    return {
      authorizationType: AuthorizationType.API_KEY,
      // A date, not a span: a span would make a new key with every deployment.
      apiKeyConfig: { expires: Expiration.atDate(new Date(String(this.node.getContext('apiKeyExpires')))) },
    };
  }
}
