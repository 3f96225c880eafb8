import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { HttpRequest } from '@smithy/protocol-http';
import { ANY_SIGNATURE } from './any-signature';

/** Local engines want a signature to be there and do not look at it, so that it is the same for all requests. */
const unsigned: Pick<DynamoDBClientConfig, 'credentials' | 'signer'> = {
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  signer: {
    sign: (request: HttpRequest) => {
      Object.assign(request.headers, ANY_SIGNATURE);
      return Promise.resolve(request);
    },
  },
};

/**
 * Many calls may be under way, and none for ever: one that hangs holds nobody else. No request to AppSync waits longer.
 */
const CONNECTIONS = { httpAgent: { maxSockets: 1000 }, throwOnRequestTimeout: true };
const CALL_MS = 30_000;

/** A client of the engine's tables. Middleware is for whoever makes it to add: after the first call it changes nothing. */
export function tablesClient(endpoint: string, region = 'us-east-1', callMs = CALL_MS): DynamoDBClient {
  const requestHandler = { ...CONNECTIONS, requestTimeout: callMs };
  const client = new DynamoDBClient({ endpoint, region, requestHandler, ...unsigned, cacheMiddleware: true });
  // Made anew for each request, for statistics that AWS keeps.
  client.middlewareStack.remove('getUserAgentMiddleware');
  return client;
}

/** A client of the engine's streams. */
export function streamsClient(endpoint: string, region = 'us-east-1'): DynamoDBStreamsClient {
  return new DynamoDBStreamsClient({ endpoint, region, ...unsigned });
}
