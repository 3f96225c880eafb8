import { Match } from 'aws-cdk-lib/assertions';
import { stage } from '../support/stages';

const stages = ['dev', 'prod'] as const;
const deployed = { dev: stage('dev'), prod: stage('prod') };

const stream = { 'Fn::ImportValue': Match.stringLikeRegexp('EventsD32975C2StreamArn') };

describe.each(stages)('on %s', (name) => {
  const { api } = deployed[name];

  test('the projector follows new events with bounded retries, bisection and partial failures, and parks what fails', () => {
    api.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: Match.stringLikeRegexp('ProjectorFunction') },
      EventSourceArn: stream,
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      ParallelizationFactor: 1,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 6,
      MaximumRecordAgeInSeconds: 12 * 60 * 60,
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'Arn'] } },
      },
    });
  });

  test('the tripwire follows changes and removals of events, from the first one on', () => {
    api.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: Match.stringLikeRegexp('TripwireFunction') },
      EventSourceArn: stream,
      StartingPosition: 'TRIM_HORIZON',
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["MODIFY","REMOVE"]}' }] },
    });
  });

  test('a stream has no more than the two readers that it should have', () => {
    api.resourcePropertiesCountIs('AWS::Lambda::EventSourceMapping', { EventSourceArn: stream }, 2);
  });

  test('what the API refuses waits in a queue of its own, from which the projector takes it, each change by itself', () => {
    const queue = { 'Fn::GetAtt': [Match.stringLikeRegexp('ProjectorRefused'), 'Arn'] };
    api.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: Match.stringLikeRegexp('ProjectorFunction') },
      EventSourceArn: queue,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    api.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 180,
      SqsManagedSseEnabled: true,
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'Arn'] },
        maxReceiveCount: 5,
      },
    });
  });

  test('dead letters are kept for fourteen days, encrypted, and sent over TLS alone', () => {
    api.hasResourceProperties('AWS::SQS::Queue', {
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
      SqsManagedSseEnabled: true,
    });
    api.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: { Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] },
    });
  });

  test('functions write JSON lines of the level INFO and up to a group that keeps them for a month, and send traces', () => {
    api.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      LoggingConfig: {
        LogFormat: 'JSON',
        ApplicationLogLevel: 'INFO',
        SystemLogLevel: 'WARN',
        LogGroup: { Ref: Match.stringLikeRegexp('Logs') },
      },
      TracingConfig: { Mode: 'Active' },
    });
    api.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  test('stack traces of functions name the sources', () => {
    api.allResourcesProperties('AWS::Lambda::Function', {
      Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps' } },
    });
  });
});
