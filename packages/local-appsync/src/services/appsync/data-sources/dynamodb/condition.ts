import { ConditionalCheckFailedException, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { DataSourceCall } from '../../../../appsync-js/data-source';
import { DataSourceFailure } from '../failure';
import { flag, list, object, oneOf, optional, text, type Read } from '../shape';
import { customDecision } from './custom-handler';
import { expressionFields } from './expression';
import type { Operation } from './operation';
import { plainItem } from './plain-value';
import type { DynamoDbService } from './service';
import type { Item } from './typed-value';

/** The condition of a PutItem, UpdateItem or DeleteItem. */
export const condition = object({
  ...expressionFields,
  equalsIgnore: optional(list(text)),
  consistentRead: optional(flag),
  conditionalCheckFailedHandler: optional(object({ strategy: oneOf('Reject', 'Custom'), lambdaArn: optional(text) })),
});

interface ConditionalWrite {
  write: () => Promise<unknown>;
  key: Item;
  condition: Read<typeof condition> | undefined;
  /** Whether the item as it stands is what the write was to bring about. */
  achieved: (current: Item | undefined) => boolean;
  /** The operation itself, for a retry. */
  again: Operation;
}

/**
 * Writes; if the condition fails, reads the item and takes it for success when it is what was wanted, else fails with
 * the item as result (Reject) or asks the handler's function (Custom).
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/js-aws-appsync-resolver-reference-dynamodb-condition-expressions.html
 * @throws DataSourceFailure
 */
export async function conditionally(
  service: DynamoDbService,
  call: DataSourceCall,
  { write, key, condition, achieved, again }: ConditionalWrite,
): Promise<unknown> {
  try {
    return await write();
  } catch (error) {
    if (!isFailedCondition(error)) {
      throw error;
    }
    const current = await readItem(service, key, condition?.consistentRead ?? true);
    const result = current ? plainItem(current) : null;
    if (achieved(current)) {
      return result;
    }

    const handler = condition?.conditionalCheckFailedHandler;
    if (handler?.strategy !== 'Custom') {
      throw error.withResult(result);
    }
    const decision = await customDecision(service, call, handler.lambdaArn, current);
    switch (decision.action) {
      case 'reject':
        throw error.withResult(result);
      case 'discard':
        return result;
      case 'retry':
        return again(service, { ...call, request: decision.request });
    }
  }
}

function isFailedCondition(error: unknown): error is DataSourceFailure {
  return error instanceof DataSourceFailure && error.cause instanceof ConditionalCheckFailedException;
}

async function readItem(service: DynamoDbService, key: Item, consistentRead: boolean): Promise<Item | undefined> {
  const { tableName } = service;
  const command = new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: consistentRead });
  const { Item } = await service.call([['dynamodb:GetItem', { tableName }]], (client) => client.send(command));
  return Item;
}
