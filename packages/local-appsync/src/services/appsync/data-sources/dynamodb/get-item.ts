import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { flag, optional, request } from '../shape';
import { placeholders, projection } from './expression';
import type { Operation } from './operation';
import { plainItem } from './plain-value';
import { typedMap } from './typed-value';

const read = request({ key: typedMap, consistentRead: optional(flag), projection: optional(projection) });

/** Answers the item, or null. */
export const getItem: Operation = async (service, call) => {
  const { key, consistentRead, projection } = read(call.request);
  const { tableName } = service;
  const command = new GetItemCommand({
    TableName: tableName,
    Key: key,
    ConsistentRead: consistentRead,
    ProjectionExpression: projection?.expression,
    ...placeholders(projection),
  });
  const { Item } = await service.call([['dynamodb:GetItem', { tableName }]], (client) => client.send(command));
  return Item ? plainItem(Item) : null;
};
