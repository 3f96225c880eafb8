import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { optional, request } from '../shape';
import { condition, conditionally } from './condition';
import { expression, placeholders } from './expression';
import type { Operation } from './operation';
import { plainItem } from './plain-value';
import { typedMap } from './typed-value';

const read = request({ key: typedMap, update: expression, condition: optional(condition) });

/** Answers the whole item as it is after the update. */
export const updateItem: Operation = async (service, call) => {
  const { key, update, condition } = read(call.request);
  const { tableName } = service;
  const command = new UpdateItemCommand({
    TableName: tableName,
    Key: key,
    UpdateExpression: update.expression,
    ConditionExpression: condition?.expression,
    ...placeholders(update, condition),
    ReturnValues: 'ALL_NEW',
  });
  const write = async () => {
    const permission = 'dynamodb:UpdateItem';
    const { Attributes } = await service.call([[permission, { tableName }]], (client) => client.send(command));
    return Attributes ? plainItem(Attributes) : null;
  };
  // What an expression would have made of the item cannot be told from the item.
  const achieved = () => false;
  return conditionally(service, call, { write, key, condition, achieved, again: updateItem });
};
