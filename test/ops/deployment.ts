import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Deployment } from '../../ops/deployment';
import type { ProductTables } from '../support/product-tables';

/** The tables as a deployment that has nothing else. */
export function deploymentOf({ client }: ProductTables): Deployment {
  const nowhere = { region: 'us-east-1', endpoint: 'http://127.0.0.1:1' };
  return {
    events: 'events',
    view: 'view',
    projector: 'none',
    deadLetters: 'none',
    dynamodb: client,
    streams: new DynamoDBStreamsClient(nowhere),
    lambda: new LambdaClient(nowhere),
    sqs: new SQSClient(nowhere),
  };
}
