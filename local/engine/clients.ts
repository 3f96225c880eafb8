import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';

/** Local engines want credentials to be there and look at none of them. */
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** A client of the engine's tables. */
export function tablesClient(endpoint: string, region = 'us-east-1'): DynamoDBClient {
  return new DynamoDBClient({ endpoint, region, credentials });
}

/** A client of the engine's streams. */
export function streamsClient(endpoint: string, region = 'us-east-1'): DynamoDBStreamsClient {
  return new DynamoDBStreamsClient({ endpoint, region, credentials });
}
