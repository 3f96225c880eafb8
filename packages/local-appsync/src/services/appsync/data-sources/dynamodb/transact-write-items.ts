import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { list, request } from '../shape';
import type { Operation } from './operation';
import { plainItem } from './plain-value';
import { transactWrite } from './transact-write';
import { transaction } from './transaction';

const read = request({ transactItems: list(transactWrite) });

/** Answers `{keys: [key], cancellationReasons: null}`, in the order of the request. */
export const transactWriteItems: Operation = async (service, call) => {
  const { transactItems } = read(call.request);
  const command = new TransactWriteItemsCommand({ TransactItems: transactItems.map(({ write }) => write) });
  return transaction('keys', async () => {
    await service.call(
      transactItems.map(({ permission }) => permission),
      (client) => client.send(command),
    );
    return transactItems.map(({ key }) => plainItem(key));
  });
};
