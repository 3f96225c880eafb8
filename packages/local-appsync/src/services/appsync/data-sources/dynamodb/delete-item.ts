import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { optional, request } from '../shape';
import { condition, conditionally } from './condition';
import { placeholders } from './expression';
import type { Operation } from './operation';
import { plainItem } from './plain-value';
import { type Item, typedMap } from './typed-value';

const read = request({ key: typedMap, condition: optional(condition) });

/** Answers the item that was removed, or null. */
export const deleteItem: Operation = async (service, call) => {
  const { key, condition } = read(call.request);
  const { tableName } = service;
  const command = new DeleteItemCommand({
    TableName: tableName,
    Key: key,
    ConditionExpression: condition?.expression,
    ...placeholders(condition),
    ReturnValues: 'ALL_OLD',
  });
  const write = async () => {
    const permission = 'dynamodb:DeleteItem';
    const { Attributes } = await service.call([[permission, { tableName }]], (client) => client.send(command));
    return Attributes ? plainItem(Attributes) : null;
  };
  const achieved = (current?: Item) => current === undefined;
  return conditionally(service, call, { write, key, condition, achieved, again: deleteItem });
};
