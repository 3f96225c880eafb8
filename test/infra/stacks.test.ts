import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { context } from '../../cdk.json';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ApiStack } from '../../infra/api-stack';
import { DataStack } from '../../infra/data-stack';
import { stage } from '../support/stages';

const apiKeyExpires = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);
const app = new App({ context: { ...context, apiKeyExpires } });
const dataStack = new DataStack(app, 'Data', { stage: 'dev' });
const view = 'View';
const apiStack = new ApiStack(app, 'Api', { settings: { stage: 'dev', desk: false, view }, data: dataStack });
const prodStack = new ApiStack(app, 'Prod', { settings: { stage: 'prod', desk: false, view }, data: dataStack });
const data = Template.fromStack(dataStack);
const api = Template.fromStack(apiStack);
const prod = Template.fromStack(prodStack);

function sdl(template: Template): string {
  const [schema] = Object.values(template.findResources('AWS::AppSync::GraphQLSchema')) as {
    Properties: { Definition: string };
  }[];
  return schema!.Properties.Definition;
}

describe('the stack of the data', () => {
  test('keeps the events: on demand, with a stream of both images, recovery, protection and retention', () => {
    data.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'ticketId', KeyType: 'HASH' },
          { AttributeName: 'version', KeyType: 'RANGE' },
        ],
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        Replicas: [
          Match.objectLike({
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          }),
        ],
      },
    });
  });

  test.each(['dev', 'prod'] as const)('on %s the view is protected if people depend on it', (name) => {
    stage(name).data.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Delete',
      Properties: { Replicas: [Match.objectLike({ DeletionProtectionEnabled: name === 'prod' })] },
    });
  });

  test('has a view that can be thrown away, with an index for each way to list tickets', () => {
    const [view] = Object.values(
      data.findResources('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Delete' }) as Record<
        string,
        { Properties: { GlobalSecondaryIndexes: { IndexName: string; KeySchema: { AttributeName: string }[] }[] } }
      >,
    );
    const indexes = view!.Properties.GlobalSecondaryIndexes.map(({ IndexName, KeySchema }) => [
      IndexName,
      ...KeySchema.map(({ AttributeName }) => AttributeName),
    ]);
    expect(indexes).toEqual([
      ['byChange', 'listing', 'changed'],
      ['byStatus', 'status', 'changed'],
      ['byAssignee', 'assignedTo', 'changed'],
      ['byRequester', 'requester', 'changed'],
      ['byArrival', 'listing', 'arrived'],
      ['byRequesterArrival', 'requester', 'arrived'],
    ]);
  });

  test('keeps descriptions out of the indexes', () => {
    const text = JSON.stringify(
      Object.values(data.findResources('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Delete' })),
    );
    expect(text).toContain('byAssignee');
    expect(text).not.toContain('description');
    expect(text).not.toContain('"ALL"');
  });
});

describe('the users', () => {
  test('are made by an administrator, may add a second factor, and are kept', () => {
    data.hasResource('AWS::Cognito::UserPool', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        MfaConfiguration: 'OPTIONAL',
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        DeletionProtection: 'ACTIVE',
        UsernameConfiguration: { CaseSensitive: false },
      },
    });
    data.hasResourceProperties('AWS::Cognito::UserPoolGroup', { GroupName: 'agents' });
  });

  test('sign in from a public client without sending their password', () => {
    data.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlows: Match.absent(),
      GenerateSecret: Match.absent(),
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
    });
  });
});

describe('the stack of the API', () => {
  test('holds no data', () => {
    api.resourceCountIs('AWS::DynamoDB::GlobalTable', 0);
    api.resourceCountIs('AWS::DynamoDB::Table', 0);
  });

  test('has functions with at most 200 KB of code: what a cold start has to load', () => {
    const { directory } = app.synth();
    const folders = readdirSync(directory).filter((name) => name.startsWith('asset.'));
    expect(folders).toHaveLength(2);
    for (const folder of folders) {
      expect(statSync(join(directory, folder, 'index.js')).size).toBeLessThanOrEqual(200 * 1024);
    }
  });

  test('runs every resolver and function as APPSYNC_JS 1.0.0', () => {
    const runtime = { Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' } };
    api.allResourcesProperties('AWS::AppSync::Resolver', runtime);
    api.allResourcesProperties('AWS::AppSync::FunctionConfiguration', runtime);
  });

  const clientOfPool = {
    UserPoolId: Match.anyValue(),
    DefaultAction: 'ALLOW',
    AppIdClientRegex: { 'Fn::ImportValue': Match.stringLikeRegexp('RefUsersPoolWeb') },
  };

  test('takes users of the pool by tokens for its client, IAM, and on dev a key that expires on a date', () => {
    api.hasResourceProperties('AWS::AppSync::GraphQLApi', {
      AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
      UserPoolConfig: clientOfPool,
      AdditionalAuthenticationProviders: [{ AuthenticationType: 'AWS_IAM' }, { AuthenticationType: 'API_KEY' }],
    });
    // Not a while after each deployment, which would make a new key each time.
    api.hasResourceProperties('AWS::AppSync::ApiKey', { Expires: Date.parse(apiKeyExpires) / 1000 });
  });

  test('has no key on prod, and nothing in its schema that one would open', () => {
    prod.hasResourceProperties('AWS::AppSync::GraphQLApi', {
      AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
      UserPoolConfig: clientOfPool,
      AdditionalAuthenticationProviders: [{ AuthenticationType: 'AWS_IAM' }],
    });
    prod.resourceCountIs('AWS::AppSync::ApiKey', 0);
    expect(sdl(prod)).not.toContain('@aws_api_key');
  });

  test('deploys the schema as it stands, on prod but for what is for keys', () => {
    const file = readFileSync('schema.graphql', 'utf8');
    expect(sdl(api)).toBe(file);
    expect(sdl(prod)).toBe(file.replaceAll(' @aws_api_key', ''));
  });
});
