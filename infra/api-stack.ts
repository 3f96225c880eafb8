import { CfnOutput, Expiration, Stack, type StackProps } from 'aws-cdk-lib';
import { AuthorizationType, Definition, GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import type { Construct } from 'constructs';
import { join } from 'node:path';
import type { DataStack } from './data-stack';
import { Projector } from './projector';
import { Resolvers } from './resolvers';

export interface ApiStackProps extends StackProps {
  data: DataStack;
}

/** What can be deployed and rolled back at will: it holds no data. */
export class ApiStack extends Stack {
  constructor(scope: Construct, id: string, { data, ...props }: ApiStackProps) {
    super(scope, id, props);
    const { events, view } = data;

    const api = new GraphqlApi(this, 'Api', {
      name: 'tickets',
      definition: Definition.fromFile(join(__dirname, '..', 'schema.graphql')),
      authorizationConfig: {
        defaultAuthorization: {
          authorizationType: AuthorizationType.API_KEY,
          // A date, not a span: a span would make a new key with every deployment.
          apiKeyConfig: { expires: Expiration.atDate(new Date(String(this.node.getContext('apiKeyExpires')))) },
        },
        additionalAuthorizationModes: [{ authorizationType: AuthorizationType.IAM }],
      },
    });

    new Resolvers(this, 'Resolvers', { api, events, view });
    new Projector(this, 'Projector', { api, events, view });

    new CfnOutput(this, 'GraphqlUrl', { value: api.graphqlUrl });
    new CfnOutput(this, 'ApiKey', { value: api.apiKey! });
  }
}
