import { TransactGetItemsCommand } from '@aws-sdk/client-dynamodb';
import { list, object, optional, request, text } from '../shape';
import { placeholders, projection } from './expression';
import type { Operation } from './operation';
import { plainItem } from './plain-value';
import type { Permission } from './service';
import { transaction } from './transaction';
import { typedMap } from './typed-value';

const entry = object({ table: text, key: typedMap, projection: optional(projection) });
const read = request({ transactItems: list(entry) });

/** Answers `{items: [item or null], cancellationReasons: null}`, in the order of the request. */
export const transactGetItems: Operation = async (service, call) => {
  const { transactItems } = read(call.request);
  const command = new TransactGetItemsCommand({
    TransactItems: transactItems.map(({ table, key, projection }) => ({
      Get: {
        TableName: table,
        Key: key,
        ProjectionExpression: projection?.expression,
        ...placeholders(projection),
      },
    })),
  });
  const permissions = transactItems.map(({ table }): Permission => ['dynamodb:GetItem', { tableName: table }]);
  return transaction('items', async () => {
    const { Responses = [] } = await service.call(permissions, (client) => client.send(command));
    return transactItems.map((_, index) => {
      const item = Responses[index]?.Item;
      return item ? plainItem(item) : null;
    });
  });
};
