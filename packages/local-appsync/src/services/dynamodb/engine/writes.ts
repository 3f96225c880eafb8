import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Bell } from '../../../shared/bell';

const WRITES = new Set([
  'PutItemCommand',
  'UpdateItemCommand',
  'DeleteItemCommand',
  'BatchWriteItemCommand',
  'TransactWriteItemsCommand',
]);

/** Rings whenever the client has written, so that whoever follows a stream need not wait for his next look at it. */
export function bellOfWrites(client: DynamoDBClient): Bell {
  const bell = new Bell();
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answer = await next(args);
        if (WRITES.has(commandName ?? '')) {
          bell.ring();
        }
        return answer;
      },
    { step: 'initialize', name: 'bellOfWrites' },
  );
  return bell;
}
