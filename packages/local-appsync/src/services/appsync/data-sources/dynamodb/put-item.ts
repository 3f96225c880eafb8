import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { optional, request } from '../shape';
import { canonical } from './canonical';
import { condition, conditionally } from './condition';
import { placeholders } from './expression';
import type { Operation } from './operation';
import { plainItem } from './plain-value';
import { type Item, typedMap, without } from './typed-value';

const read = request({ key: typedMap, attributeValues: optional(typedMap), condition: optional(condition) });

/** Answers the item as written. */
export const putItem: Operation = async (service, call) => {
  const { key, attributeValues, condition } = read(call.request);
  const { tableName } = service;
  const item = { ...attributeValues, ...key };
  const command = new PutItemCommand({
    TableName: tableName,
    Item: item,
    ConditionExpression: condition?.expression,
    ...placeholders(condition),
  });
  const write = async () => {
    await service.call([['dynamodb:PutItem', { tableName }]], (client) => client.send(command));
    return plainItem(item);
  };
  const ignored = condition?.equalsIgnore ?? [];
  const achieved = (current?: Item) =>
    current !== undefined && canonical(without(ignored, current)) === canonical(without(ignored, item));
  return conditionally(service, call, { write, key, condition, achieved, again: putItem });
};
