import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { FilterCriteria, FilterRule, Runtime, StartingPosition, Architecture } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { join } from 'node:path';

export interface ProjectorProps {
  api: GraphqlApi;
  events: TableV2;
  view: TableV2;
}

/** Follows the event stream: merges each event into the view, then publishes the change. */
export class Projector extends Construct {
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { api, events, view }: ProjectorProps) {
    super(scope, id);

    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });

    const projector = new NodejsFunction(this, 'Function', {
      entry: join(__dirname, '..', 'functions', 'project', 'handler.ts'),
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.seconds(30),
      environment: { VIEW_TABLE: view.tableName, API_URL: api.graphqlUrl },
      logGroup: new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH }),
      bundling: { format: OutputFormat.CJS, minify: true, sourceMap: true, externalModules: ['@aws-sdk/*'] },
    });
    view.grant(projector, 'dynamodb:PutItem');
    api.grantMutation(projector, 'publishTicketChange');
    // The resolver lets in no other role, whatever its policies say.
    api.addEnvironmentVariable('PROJECTOR_ROLE', projector.role!.roleName);

    projector.addEventSource(
      new DynamoEventSource(events, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        // More would break the order in which subscribers hear of a ticket: Lambda keeps the order of an item, and each
        // event is an item of its own. Tickets are worked on in parallel within a batch instead.
        parallelizationFactor: 1,
        filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') as string[] })],
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        retryAttempts: 10,
        // Under the stream's own 24 hours, so that what fails is always seen by the queue.
        maxRecordAge: Duration.hours(12),
        onFailure: new SqsDlq(this.deadLetters),
      }),
    );

    // What `ops/` works with.
    const stack = Stack.of(this);
    new CfnOutput(stack, 'ProjectorFunction', { value: projector.functionName });
    new CfnOutput(stack, 'DeadLettersQueue', { value: this.deadLetters.queueUrl });
  }
}
