import { context } from '../../cdk.json';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ApiStack } from '../../infra/api-stack';
import { DataStack } from '../../infra/data-stack';

const app = new App({ context });
const dataStack = new DataStack(app, 'Data');
const apiStack = new ApiStack(app, 'Api', { data: dataStack });
const data = Template.fromStack(dataStack);
const api = Template.fromStack(apiStack);

interface Statement {
  Action: string | string[];
  Resource: unknown;
}

/** Every statement of every policy of a template: [actions, resources]. */
function statements(template: Template): [string[], string][] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy')) as {
    Properties: { PolicyDocument: { Statement: Statement[] } };
  }[];
  return policies.flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.map(({ Action, Resource }): [string[], string] => [
      [Action].flat(),
      JSON.stringify(Resource),
    ]),
  );
}

describe('the stack of the data', () => {
  test('keeps the events: on demand, with a stream of new images, recovery, protection and retention', () => {
    data.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'ticketId', KeyType: 'HASH' },
          { AttributeName: 'version', KeyType: 'RANGE' },
        ],
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        Replicas: [
          Match.objectLike({
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          }),
        ],
      },
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
    ]);
  });

  test('keeps descriptions out of the indexes', () => {
    const text = JSON.stringify(
      Object.values(data.findResources('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Delete' })),
    );
    expect(text).not.toContain('description');
    expect(text).not.toContain('"ALL"');
  });
});

describe('the stack of the API', () => {
  test('holds no data', () => {
    api.resourceCountIs('AWS::DynamoDB::GlobalTable', 0);
    api.resourceCountIs('AWS::DynamoDB::Table', 0);
  });

  test('runs every resolver and function as APPSYNC_JS 1.0.0', () => {
    const runtime = { Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' } };
    api.allResourcesProperties('AWS::AppSync::Resolver', runtime);
    api.allResourcesProperties('AWS::AppSync::FunctionConfiguration', runtime);
  });

  test('takes API keys, and IAM beside them; the key expires on a date, not a while after each deployment', () => {
    api.hasResourceProperties('AWS::AppSync::GraphQLApi', {
      AuthenticationType: 'API_KEY',
      AdditionalAuthenticationProviders: [{ AuthenticationType: 'AWS_IAM' }],
    });
    api.hasResourceProperties('AWS::AppSync::ApiKey', { Expires: Date.UTC(2027, 9, 31) / 1000 });
  });

  test('follows the stream with bounded retries, bisection and partial failures, and parks what fails', () => {
    api.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      ParallelizationFactor: 1,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 12 * 60 * 60,
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
    api.hasResourceProperties('AWS::SQS::Queue', {
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
      SqsManagedSseEnabled: true,
    });
  });

  test('lets nobody change or delete an event', () => {
    const changing = /^dynamodb:(\*|Update|Delete|BatchWrite|PartiQL)/;
    for (const [actions] of statements(api)) {
      expect(actions.filter((action) => changing.test(action))).toEqual([]);
    }
  });

  test('gives each role only the actions that it uses', () => {
    const actions = statements(api).map(([names]) => [...names].sort().join(' '));
    expect(actions.sort()).toEqual([
      'appsync:GraphQL',
      'dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams',
      'dynamodb:GetItem dynamodb:PutItem dynamodb:Query',
      'dynamodb:GetItem dynamodb:Query',
      'dynamodb:GetItem dynamodb:Query',
      'dynamodb:PutItem',
      'sqs:GetQueueAttributes sqs:GetQueueUrl sqs:SendMessage',
    ]);
  });

  test('lets the projector publish, and nothing else of the API', () => {
    const [, resource] = statements(api).find(([actions]) => actions.includes('appsync:GraphQL'))!;
    expect(resource).toContain('/types/Mutation/fields/publishTicketChange');
  });
});
