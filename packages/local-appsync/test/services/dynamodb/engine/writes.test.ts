import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { tablesClient } from '../../../../src/services/dynamodb/engine/clients';
import { bellOfWrites } from '../../../../src/services/dynamodb/engine/writes';

const Key = { id: { S: 'a' } };
const TableName = 'things';

/** How often the bell rings for the command, which `answer` is made of. */
async function rings(command: unknown, answer: () => Promise<object>): Promise<number> {
  const client = tablesClient('http://127.0.0.1:1');
  client.middlewareStack.add(() => async () => ({ output: (await answer()) as never, response: undefined }), {
    step: 'serialize',
    priority: 'high',
  });
  const bell = bellOfWrites(client);
  let count = 0;
  const listen = (): Promise<void> => bell.next.then(() => void (count += 1)).then(listen);
  void listen();
  await client.send(command as PutItemCommand).catch(() => undefined);
  return count;
}

function done() {
  return Promise.resolve({ $metadata: {} });
}

function refused() {
  return Promise.reject(new Error('no'));
}

test.each([
  ['PutItem', new PutItemCommand({ TableName, Item: Key })],
  ['UpdateItem', new UpdateItemCommand({ TableName, Key })],
  ['DeleteItem', new DeleteItemCommand({ TableName, Key })],
  ['BatchWriteItem', new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: Key } }] } })],
  ['TransactWriteItems', new TransactWriteItemsCommand({ TransactItems: [{ Delete: { TableName, Key } }] })],
])('%s rings', async (_, command) => {
  expect(await rings(command, done)).toBe(1);
});

test.each([
  ['GetItem', new GetItemCommand({ TableName, Key })],
  ['Query', new QueryCommand({ TableName })],
])('%s does not ring', async (_, command) => {
  expect(await rings(command, done)).toBe(0);
});

test('a write that is refused does not ring', async () => {
  expect(await rings(new PutItemCommand({ TableName, Item: Key }), refused)).toBe(0);
});
