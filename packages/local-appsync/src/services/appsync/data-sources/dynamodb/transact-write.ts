import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { anything, flag, map, object, oneOf, optional, type Read, type Reader, text } from '../shape';
import { expression, expressionFields, placeholders } from './expression';
import type { Permission } from './service';
import { type Item, typedMap } from './typed-value';

/** One write of a transaction, as DynamoDB wants it. */
export interface TransactWrite {
  write: TransactWriteItem;
  key: Item;
  permission: Permission;
}

const condition = object({ ...expressionFields, returnValuesOnConditionCheckFailure: optional(flag) });
const common = { operation: text, table: text, key: typedMap };
const put = object({ ...common, attributeValues: optional(typedMap), condition: optional(condition) });
const update = object({ ...common, update: expression, condition: optional(condition) });
const remove = object({ ...common, condition: optional(condition) });
const check = object({ ...common, condition });

const kind = oneOf('PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheck');
const anyEntry = map(anything);

/** Reads one of transactItems; `operation` says which elements it has. */
export const transactWrite: Reader<TransactWrite> = (value, path) => {
  switch (kind(anyEntry(value, path).operation, `${path}[operation]`)) {
    case 'PutItem': {
      const { table, key, attributeValues, condition } = put(value, path);
      const Put = { TableName: table, Item: { ...attributeValues, ...key }, ...conditional(condition) };
      return { write: { Put }, key, permission: ['dynamodb:PutItem', { tableName: table }] };
    }
    case 'UpdateItem': {
      const { table, key, update: changes, condition } = update(value, path);
      const Update = {
        TableName: table,
        Key: key,
        UpdateExpression: changes.expression,
        ...conditional(condition),
        ...placeholders(changes, condition),
      };
      return { write: { Update }, key, permission: ['dynamodb:UpdateItem', { tableName: table }] };
    }
    case 'DeleteItem': {
      const { table, key, condition } = remove(value, path);
      const Delete = { TableName: table, Key: key, ...conditional(condition) };
      return { write: { Delete }, key, permission: ['dynamodb:DeleteItem', { tableName: table }] };
    }
    case 'ConditionCheck': {
      const { table, key, condition } = check(value, path);
      const ConditionExpression = condition.expression;
      const ConditionCheck = { TableName: table, Key: key, ...conditional(condition), ConditionExpression };
      return { write: { ConditionCheck }, key, permission: ['dynamodb:ConditionCheckItem', { tableName: table }] };
    }
  }
};

/** The old item comes with a failed condition unless the request says that it must not. */
function conditional(given: Read<typeof condition> | undefined) {
  return {
    ConditionExpression: given?.expression,
    ReturnValuesOnConditionCheckFailure:
      given && given.returnValuesOnConditionCheckFailure !== false ? ('ALL_OLD' as const) : undefined,
    ...placeholders(given),
  };
}
