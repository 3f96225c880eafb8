import { CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib';
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

/** Follows the event stream: merges each event into the view, then publishes the change. */
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
    Validations.of(this.deadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the queue for dead letters, of an event source mapping, where the rule does not look.',
    });

    this.function = new StreamFunction(this, 'Function', {
      name: 'project',
      environment: { VIEW_TABLE: view.tableName, API_URL: api.graphqlUrl },
    });
    this.function.allow(['dynamodb:PutItem'], view.tableArn);
    this.function.allow(['sqs:SendMessage'], this.deadLetters.queueArn);
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
      // A retry holds up what comes behind in the shard: seconds in all, for an event that will never do. An API that is away
      // for longer sends events to the dead letters, from where they are redriven.
      retryAttempts: 6,
      // Under the stream's own 24 hours, so that what fails is always seen by the queue.
      maxRecordAge: Duration.hours(12),
      // SqsDlq would grant more than to send.
      onFailure: { bind: () => ({ destination: this.deadLetters.queueArn }) },
    });

    // What `ops/` works with.
    const stack = Stack.of(this);
    new CfnOutput(stack, 'ProjectorFunction', { value: this.function.functionName });
    new CfnOutput(stack, 'DeadLettersQueue', { value: this.deadLetters.queueUrl });
  }
}
