import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tablesClient } from '../../../../src/services/dynamodb/engine/clients';

/** A client of no engine: it answers each call with `output`, and `calls` are the inputs that it was given. */
export function stubClient(output: Record<string, unknown> = {}): { client: DynamoDBClient; calls: unknown[] } {
  const client = tablesClient('http://127.0.0.1:1');
  const calls: unknown[] = [];
  client.middlewareStack.add(
    () =>
      ({ input }) => {
        calls.push(input);
        return Promise.resolve({ output: { $metadata: {}, ...output }, response: undefined });
      },
    { step: 'initialize', priority: 'high' },
  );
  return { client, calls };
}
