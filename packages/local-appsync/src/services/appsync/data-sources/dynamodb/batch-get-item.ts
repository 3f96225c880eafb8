import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { flag, list, map, object, optional, request } from '../shape';
import { batch, mapTables } from './batch';
import { canonical } from './canonical';
import { placeholders, projection } from './expression';
import { projectingKeys } from './key-projection';
import type { Operation } from './operation';
import { plainItem } from './plain-value';
import type { Permission } from './service';
import { type Item, only, typedMap, without } from './typed-value';

const table = object({ keys: list(typedMap), consistentRead: optional(flag), projection: optional(projection) });
const read = request({ tables: map(table) });

/** Answers `{data: {table: [item or null]}, unprocessedKeys}`; data in the order of the request's keys. */
export const batchGetItem: Operation = async (service, call) => {
  const { tables } = read(call.request);
  // DynamoDB answers in any order, so each item must bring its key, also where the projection leaves it out.
  const plans = mapTables(tables, ({ keys, consistentRead, projection }) => {
    const keyNames = Object.keys(keys[0] ?? {});
    return { keys, consistentRead, keyNames, ...projectingKeys(projection, keyNames) };
  });
  const command = new BatchGetItemCommand({
    RequestItems: mapTables(plans, ({ keys, consistentRead, projection }) => ({
      Keys: keys,
      ConsistentRead: consistentRead,
      ProjectionExpression: projection?.expression,
      ...placeholders(projection),
    })),
  });
  const permissions = Object.keys(tables).map((tableName): Permission => ['dynamodb:BatchGetItem', { tableName }]);

  return batch(
    mapTables(tables, ({ keys }) => keys),
    'unprocessedKeys',
    async () => {
      const { Responses = {}, UnprocessedKeys = {} } = await service.call(permissions, (client) =>
        client.send(command),
      );
      const found = mapTables(plans, ({ keyNames }, tableName) => {
        const items = Responses[tableName] ?? [];
        return new Map(items.map((item): [string, Item] => [canonical(only(keyNames, item)), item]));
      });
      return {
        answerTo: (key, tableName) => {
          const item = found[tableName]!.get(canonical(key));
          return item ? plainItem(without(plans[tableName]!.added, item)) : null;
        },
        unprocessed: mapTables(UnprocessedKeys, ({ Keys }) => Keys),
      };
    },
  );
};
