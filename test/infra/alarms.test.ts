import { Match } from 'aws-cdk-lib/assertions';
import { readFileSync } from 'node:fs';
import { NAMESPACE, PROJECTION_LAG } from '../../functions/project/lag';
import { stage } from '../support/stages';

const stages = ['dev', 'prod'] as const;
const deployed = { dev: stage('dev'), prod: stage('prod', { alarmEmail: 'on-call@example.com' }) };

const MINUTE = 60;

function functionOf(part: string) {
  return [{ Name: 'FunctionName', Value: { Ref: Match.stringLikeRegexp(`${part}Function`) } }];
}

function throttled(table: string) {
  return {
    Metrics: [
      { Expression: Match.stringLikeRegexp('^SUM\\(\\[\\w+, \\w+, \\w+\\]\\)$') },
      ...['GetItem', 'Query', 'PutItem'].map((operation) => ({
        ReturnData: false,
        MetricStat: {
          Metric: {
            Namespace: 'AWS/DynamoDB',
            MetricName: 'ThrottledRequests',
            Dimensions: [
              { Name: 'Operation', Value: operation },
              { Name: 'TableName', Value: { 'Fn::ImportValue': Match.stringLikeRegexp(`Ref${table}`) } },
            ],
          },
          Period: 5 * MINUTE,
          Stat: 'Sum',
        },
      })),
    ],
  };
}

describe.each(stages)('on %s an alarm rings when', (name) => {
  const { api } = deployed[name];
  const rings = (properties: Record<string, unknown>) =>
    api.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: Match.stringLikeRegexp('AlarmsTopic') }],
      OKActions: [{ Ref: Match.stringLikeRegexp('AlarmsTopic') }],
      ...properties,
    });

  test('an event was changed or removed: the tripwire was invoked once', () => {
    rings({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: functionOf('Tripwire'),
      Statistic: 'Sum',
      Period: MINUTE,
      EvaluationPeriods: 1,
      Threshold: 1,
    });
  });

  test('there is a dead letter', () => {
    rings({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [
        { Name: 'QueueName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'QueueName'] } },
      ],
      Statistic: 'Maximum',
      Period: MINUTE,
      EvaluationPeriods: 1,
      Threshold: 1,
    });
  });

  test('the projector has been a minute behind the stream for five minutes', () => {
    rings({
      Namespace: 'AWS/Lambda',
      MetricName: 'IteratorAge',
      Dimensions: functionOf('Projector'),
      Statistic: 'Maximum',
      Period: MINUTE,
      EvaluationPeriods: 5,
      Threshold: 60_000,
    });
  });

  test('the view has been ten seconds late for five minutes, by the metric that the projector writes', () => {
    rings({
      Namespace: NAMESPACE,
      MetricName: PROJECTION_LAG,
      Dimensions: functionOf('Projector'),
      ExtendedStatistic: 'p99',
      Period: MINUTE,
      EvaluationPeriods: 5,
      Threshold: 10_000,
    });
  });

  test('the API failed five times in five minutes', () => {
    rings({
      Namespace: 'AWS/AppSync',
      MetricName: '5XXError',
      Dimensions: [{ Name: 'GraphQLAPIId', Value: { 'Fn::GetAtt': [Match.anyValue(), 'ApiId'] } }],
      Statistic: 'Sum',
      Period: 5 * MINUTE,
      EvaluationPeriods: 1,
      Threshold: 5,
    });
  });

  test('Lambda throttled the projector once', () => {
    rings({
      Namespace: 'AWS/Lambda',
      MetricName: 'Throttles',
      Dimensions: functionOf('Projector'),
      Statistic: 'Sum',
      Period: 5 * MINUTE,
      EvaluationPeriods: 1,
      Threshold: 1,
    });
  });

  test.each(['Events', 'View'])('DynamoDB throttled a request to the table %s', (table) => {
    rings({ ...throttled(table), EvaluationPeriods: 1, Threshold: 1 });
  });

  test('nothing else is the case, and each says what it means', () => {
    const alarms = Object.values(api.findResources('AWS::CloudWatch::Alarm')) as {
      Properties: { AlarmDescription: string };
    }[];
    expect(alarms).toHaveLength(8);
    expect(alarms.filter(({ Properties }) => !/\.$/.test(Properties.AlarmDescription))).toEqual([]);
  });
});

test('the documentation says of each alarm what to begin with, and of no other', () => {
  const section = readFileSync('docs/deploying.md', 'utf8').split('\n## When an alarm rings')[1]!.split('\n## ')[0]!;
  const documented = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  const alarms = Object.values(deployed.prod.api.findResources('AWS::CloudWatch::Alarm')) as {
    Metadata: Record<string, string>;
  }[];
  expect(documented).toEqual(alarms.map(({ Metadata }) => Metadata['aws:cdk:path']!.split('/').at(-2)));
});

describe.each(stages)('on %s the topic of the alarms', (name) => {
  const { api } = deployed[name];

  test('takes what the alarms of this account publish, over TLS alone', () => {
    api.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    });
  });

  test('has the subscriber that the context names, or none', () => {
    const subscriptions = Object.values(api.findResources('AWS::SNS::Subscription'));
    const expected = name === 'prod' ? [{ Protocol: 'email', Endpoint: 'on-call@example.com' }] : [];
    expect(subscriptions).toMatchObject(
      expected.map((properties) => ({
        Properties: { ...properties, TopicArn: { Ref: expect.stringContaining('AlarmsTopic') } },
      })),
    );
  });
});

test.each(stages)('on %s a dashboard shows each of the metrics that alarms are made of', (name) => {
  const { api } = deployed[name];
  api.hasResourceProperties('AWS::CloudWatch::Dashboard', {
    DashboardName: { 'Fn::Join': ['', [`tickets-${name}-`, { Ref: 'AWS::Region' }]] },
  });
  const [dashboard] = Object.values(api.findResources('AWS::CloudWatch::Dashboard'));
  const body = JSON.stringify(dashboard);
  for (const metric of [
    'IteratorAge',
    PROJECTION_LAG,
    '5XXError',
    'ThrottledRequests',
    'Throttles',
    'MessagesVisible',
  ]) {
    expect(body).toContain(metric);
  }
});
