import { CfnOutput, Expiration, Stack, type StackProps } from 'aws-cdk-lib';
import { type AuthorizationMode, AuthorizationType, GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import type { Construct } from 'constructs';
import type { DataStack } from './data-stack';
import { Projector } from './projector';
import { Resolvers } from './resolvers';
import { schemaFor } from './schema';
import type { Stage } from './stage';
import type { Users } from './users';

export interface ApiStackProps extends StackProps {
  stage: Stage;
  data: DataStack;
}

/** What can be deployed and rolled back at will: it holds no data. */
export class ApiStack extends Stack {
  constructor(scope: Construct, id: string, { stage, data, ...props }: ApiStackProps) {
    super(scope, id, props);
    const { events, view, users } = data;

    const [defaultAuthorization, ...additionalAuthorizationModes] = this.authorization(stage, users);
    const api = new GraphqlApi(this, 'Api', {
      name: 'tickets',
      definition: schemaFor([defaultAuthorization, ...additionalAuthorizationModes]),
      authorizationConfig: { defaultAuthorization, additionalAuthorizationModes },
    });

    new Resolvers(this, 'Resolvers', { api, events, view });
    new Projector(this, 'Projector', { api, events, view });

    new CfnOutput(this, 'GraphqlUrl', { value: api.graphqlUrl });
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
