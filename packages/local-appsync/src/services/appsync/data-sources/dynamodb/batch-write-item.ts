import { BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import type { DataSourceCall } from '../../../../appsync-js/data-source';
import { list, map, request } from '../shape';
import { batch, type ByTable, mapTables } from './batch';
import { canonical } from './canonical';
import type { Operation } from './operation';
import { plainItem } from './plain-value';
import type { DynamoDbService, Permission } from './service';
import { type Item, typedMap } from './typed-value';

const read = request({ tables: map(list(typedMap)) });

/** Answers `{data: {table: [item, or null if it was not written]}, unprocessedItems}`. */
export const batchPutItem: Operation = (service, call) =>
  batchWrite(service, call, 'unprocessedItems', {
    toWrite: (Item) => ({ PutRequest: { Item } }),
    written: ({ PutRequest }) => PutRequest?.Item,
  });

/** Answers `{data: {table: [key, or null if it was not deleted]}, unprocessedKeys}`. */
export const batchDeleteItem: Operation = (service, call) =>
  batchWrite(service, call, 'unprocessedKeys', {
    toWrite: (Key) => ({ DeleteRequest: { Key } }),
    written: ({ DeleteRequest }) => DeleteRequest?.Key,
  });

async function batchWrite(
  service: DynamoDbService,
  call: DataSourceCall,
  unprocessedName: 'unprocessedKeys' | 'unprocessedItems',
  { toWrite, written }: { toWrite: (item: Item) => WriteRequest; written: (request: WriteRequest) => Item | undefined },
): Promise<unknown> {
  const { tables } = read(call.request);
  const command = new BatchWriteItemCommand({ RequestItems: mapTables(tables, (items) => items.map(toWrite)) });
  const permissions = Object.keys(tables).map((tableName): Permission => ['dynamodb:BatchWriteItem', { tableName }]);

  return batch(tables, unprocessedName, async () => {
    const { UnprocessedItems = {} } = await service.call(permissions, (client) => client.send(command));
    const unprocessed: ByTable<Item[]> = mapTables(UnprocessedItems, (requests) =>
      requests.map(written).filter((item) => item !== undefined),
    );
    const left = mapTables(unprocessed, (items) => new Set(items.map(canonical)));
    return {
      answerTo: (item, tableName) => (left[tableName]?.has(canonical(item)) ? null : plainItem(item)),
      unprocessed,
    };
  });
}
