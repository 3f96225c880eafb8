import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { HttpRequest } from '@smithy/protocol-http';
import { ANY_SIGNATURE } from './any-signature';

/** Local engines want credentials to be there and look at none of them, so that what they are signed with is given. */
const unsigned: Pick<DynamoDBClientConfig, 'credentials' | 'signer'> = {
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  signer: {
    sign: (request: HttpRequest) => {
      Object.assign(request.headers, ANY_SIGNATURE);
      return Promise.resolve(request);
    },
  },
};

/** A client of the engine's tables. */
export function tablesClient(endpoint: string, region = 'us-east-1'): DynamoDBClient {
  return new DynamoDBClient({ endpoint, region, ...unsigned });
}

/** A client of the engine's streams. */
export function streamsClient(endpoint: string, region = 'us-east-1'): DynamoDBStreamsClient {
  return new DynamoDBStreamsClient({ endpoint, region, ...unsigned });
}
