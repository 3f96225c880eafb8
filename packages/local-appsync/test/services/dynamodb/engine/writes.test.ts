import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tablesClient } from '../../../../src/services/dynamodb/engine/clients';
import { Writes, type WritesOptions } from '../../../../src/services/dynamodb/engine/writes';

const Key = { id: { S: 'a' } };
const TableName = 'things';

const opened: Writes[] = [];
afterEach(() => opened.splice(0).forEach((writes) => writes.close()));

const folder = mkdtempSync(join(tmpdir(), 'writes-'));
afterAll(() => rmSync(folder, { recursive: true }));

function watching(options: Partial<WritesOptions>): Writes {
  const writes = new Writes({ log: () => undefined, ...options });
  opened.push(writes);
  return writes;
}

/** How often the bell rings for the command, which `answer` is made of. */
async function rings(command: unknown, answer: () => Promise<object>): Promise<number> {
  const client = tablesClient('http://127.0.0.1:1');
  client.middlewareStack.add(() => async () => ({ output: (await answer()) as never, response: undefined }), {
    step: 'serialize',
    priority: 'high',
  });
  const writes = watching({});
  writes.listenTo(client);
  const { bell } = writes;
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

describe('When it has been quiet for a while', () => {
  test('streams are looked at once more, and then seldom', async () => {
    const writes = watching({ folder, quietAfterMs: 1 });
    expect(writes.pollMs).toBe(50);
    await writes.bell.next;
    expect(writes.pollMs).toBe(5000);
  });

  test('a change of the files rings, and streams are looked at often until it is quiet again', async () => {
    const writes = watching({ folder, quietAfterMs: 1 });
    for (const text of ['a', 'b', 'c']) {
      await writes.bell.next;
      expect(writes.pollMs).toBe(5000);
      const rung = writes.bell.next;
      writeFileSync(join(folder, 'database'), text);
      await rung;
      expect(writes.pollMs).toBe(50);
    }
  });

  test('a write of the client is heard of as before', async () => {
    const writes = watching({ folder, quietAfterMs: 1 });
    const client = tablesClient('http://127.0.0.1:1');
    client.middlewareStack.add(() => async () => ({ output: (await done()) as never, response: undefined }), {
      step: 'serialize',
      priority: 'high',
    });
    writes.listenTo(client);
    await writes.bell.next;
    const rung = writes.bell.next;
    await client.send(new DeleteItemCommand({ TableName, Key }));
    await rung;
    expect(writes.pollMs).toBe(50);
  });

  test('an engine without files here is asked each second', async () => {
    const writes = watching({ quietAfterMs: 1 });
    await writes.bell.next;
    expect(writes.pollMs).toBe(1000);
  });

  test('so is one whose files cannot be watched, and the log says it once', async () => {
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    const writes = watching({ folder: join(folder, 'missing'), quietAfterMs: 1, log });
    await writes.bell.next;
    expect(writes.pollMs).toBe(1000);
    expect(lines).toEqual([expect.stringMatching(/^Writes of other programs are noticed within a second, .*ENOENT/)]);
  });
});
