import type { Template } from '../../src/cloudformation/assembly';
import { Deployment } from '../../src/cloudformation/deployment';
import { deploymentOf, ENDPOINT } from './deployments';

const TYPES: Record<string, Record<string, unknown>> = {
  'AWS::DynamoDB::Table': {},
  'AWS::DynamoDB::GlobalTable': {},
  'AWS::AppSync::GraphQLApi': {},
  'AWS::AppSync::ApiKey': { ApiId: 'x' },
  'AWS::AppSync::DataSource': { ApiId: 'x', Name: 'things' },
  'AWS::AppSync::FunctionConfiguration': { ApiId: 'x', Name: 'find', DataSourceName: 'things' },
  'AWS::AppSync::Resolver': { ApiId: 'x', TypeName: 'Query', FieldName: 'thing' },
  'AWS::Cognito::UserPool': {},
  'AWS::Cognito::UserPoolClient': {},
  'AWS::IAM::Role': {},
  'AWS::Lambda::Function': {},
  'AWS::Lambda::Alias': { FunctionName: 'f', Name: 'live' },
  'AWS::Lambda::Version': { FunctionName: 'f' },
  'AWS::Lambda::LayerVersion': {},
  'AWS::SQS::Queue': {},
  'AWS::S3::Bucket': {},
};

function template(type: string): Partial<Template> {
  return {
    Resources: { Thing: { Type: type, Properties: TYPES[type] }, Other: { Type: type, Properties: TYPES[type] } },
  };
}

test.each(Object.keys(TYPES))('the names of a %s are the same at every start', (type) => {
  const [first] = deploymentOf(template(type)).resources(type);
  const [again] = deploymentOf(template(type)).resources(type);
  expect(again!.physical).toEqual(first!.physical);
  expect(first!.physical.ref).not.toBe('');
});

const OWN_NAMES = Object.keys(TYPES).filter((type) => !/DataSource|Resolver|Alias|::Version/.test(type));
test.each(OWN_NAMES)('two of %s have names of their own, also in another stack', (type) => {
  const refs = deploymentOf(template(type), template(type))
    .resources(type)
    .map(({ physical }) => physical.ref);
  expect(new Set(refs).size).toBe(4);
});

test('a name in the template is the name', () => {
  const deployment = deploymentOf({
    Resources: {
      T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'events' } },
      F: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'project' } },
      A: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'F' }, Name: 'live' } },
      R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'projector' } },
      Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
    },
  });
  const [table, lambda, alias, role, queue] = deployment
    .resources(
      'AWS::DynamoDB::GlobalTable',
      'AWS::Lambda::Function',
      'AWS::Lambda::Alias',
      'AWS::IAM::Role',
      'AWS::SQS::Queue',
    )
    .map(({ physical }) => physical);
  expect(table).toEqual({ ref: 'events', attributes: { Arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/events' } });
  expect(lambda!.attributes.Arn).toBe('arn:aws:lambda:us-east-1:000000000000:function:project');
  expect(alias!.ref).toBe('arn:aws:lambda:us-east-1:000000000000:function:project:live');
  expect(role!.attributes.Arn).toBe('arn:aws:iam::000000000000:role/projector');
  expect(queue).toEqual({
    ref: `${ENDPOINT}/000000000000/dead`,
    attributes: {
      Arn: 'arn:aws:sqs:us-east-1:000000000000:dead',
      QueueName: 'dead',
      QueueUrl: `${ENDPOINT}/000000000000/dead`,
    },
  });
});

describe('a deployment', () => {
  const deployment = (): Deployment =>
    deploymentOf(
      {
        Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
        Resources: {
          Table: { Type: 'AWS::DynamoDB::Table', Metadata: { 'aws:cdk:path': 'Main/Things/Resource' } },
          Reader: { Type: 'Test::Reader', Properties: { stream: { 'Fn::GetAtt': ['Table', 'StreamArn'] } } },
          Left: { Type: 'AWS::SNS::Topic', Condition: 'Never' },
        },
      },
      { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } },
    );

  test('knows what became known by making a resource', () => {
    const made = deployment();
    expect(() => made.resources('Test::Reader')).toThrow(
      'Main.Reader.stream.Fn::GetAtt: the attribute StreamArn of Table',
    );
    made.define(made.resources('AWS::DynamoDB::Table')[0]!, { StreamArn: 'arn:stream' });
    expect(made.resources('Test::Reader')[0]!.properties).toEqual({ stream: 'arn:stream' });
    expect(made.find('arn:stream', 'AWS::DynamoDB::Table')?.logicalId).toBe('Table');
  });

  test('finds a resource by its name and its ARN, among those of a type', () => {
    const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Main-Table';
    expect(deployment().find('Main-Table', 'AWS::DynamoDB::Table')?.path).toBe('Main/Things/Resource');
    expect(deployment().find(arn, 'AWS::DynamoDB::Table')?.logicalId).toBe('Table');
    expect(deployment().find(arn, 'AWS::SQS::Queue')).toBeUndefined();
  });

  test('tells the types of all stacks that no service knows, without what a condition leaves out', () => {
    expect(deployment().unknownTypes()).toEqual(['Test::Reader', 'AWS::S3::Bucket']);
    expect(deployment().resources('AWS::SNS::Topic')).toEqual([]);
  });
});

test('an output that tells of what is not run here is left out, and keeps nothing from starting', () => {
  const deployment = deploymentOf({
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
      Cdn: { Type: 'AWS::CloudFront::Distribution', Properties: {} },
    },
    Outputs: {
      Name: { Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } },
      Address: { Value: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['Cdn', 'DomainName'] }]] } },
    },
  });
  expect(deployment.outputs()).toEqual({ Main: { Name: 'dead' } });
});
