import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { StreamFunction } from './stream-function';

export interface ProjectorProps {
  api: GraphqlApi;
  events: TableV2;
  view: TableV2;
}

/**
 * Follows the event stream: merges each event into the view, then publishes the change. What the API refuses waits in a
 * queue of its own, and is tried again apart.
 */
export class Projector extends Construct {
  readonly function: StreamFunction;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { api, events, view }: ProjectorProps) {
    super(scope, id);

    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });

    const refused = new Queue(this, 'Refused', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      // Six times the function's timeout, and five receives, as AWS recommends: an invocation may be throttled. Source:
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.minutes(3),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });

    this.function = new StreamFunction(this, 'Function', {
      name: 'project',
      environment: {
        VIEW_TABLE: view.tableName,
        EVENTS_TABLE: events.tableName,
        API_URL: api.graphqlUrl,
        REFUSED_QUEUE: refused.queueUrl,
        DEAD_LETTERS_QUEUE: this.deadLetters.queueUrl,
      },
    });
    this.function.allow(['dynamodb:PutItem'], view.tableArn);
    this.function.allow(['dynamodb:GetItem'], events.tableArn);
    this.function.allow(['sqs:SendMessage'], this.deadLetters.queueArn);
    this.function.allow(
      ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      refused.queueArn,
    );
    api.grantMutation(this.function, 'publishTicketChange');
    // The resolver lets in no other role, whatever its policies say.
    api.addEnvironmentVariable('PROJECTOR_ROLE', this.function.role!.roleName);

    this.function.follow(events, ['INSERT'], {
      batchSize: 100,
      // More would break the order in which subscribers hear of a ticket: Lambda keeps the order of an item, and each
      // event is an item of its own. Tickets are worked on in parallel within a batch instead.
      parallelizationFactor: 1,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      // A retry holds up what comes behind in the shard: seconds in all, for an event that cannot be read or merged. An API
      // that does not answer for longer sends events to the dead letters, from where they are redriven.
      retryAttempts: 6,
      // Under the stream's own 24 hours, so that what fails is always seen by the queue.
      maxRecordAge: Duration.hours(12),
      // SqsDlq would grant more than to send.
      onFailure: { bind: () => ({ destination: this.deadLetters.queueArn }) },
    });

    // SqsEventSource would grant more.
    this.function.addEventSourceMapping('RefusedChanges', {
      eventSourceArn: refused.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
    });

    // What `ops/` works with.
    const stack = Stack.of(this);
    new CfnOutput(stack, 'ProjectorFunction', { value: this.function.functionName });
    new CfnOutput(stack, 'DeadLettersQueue', { value: this.deadLetters.queueUrl });
  }
}
