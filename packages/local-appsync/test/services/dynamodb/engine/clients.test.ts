import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { once, setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bell } from '../../../../src/shared/bell';
import { tablesClient } from '../../../../src/services/dynamodb/engine/clients';

let server: Server;
/** Rings for each call that hangs. */
let hung: Bell;
beforeEach(async () => {
  hung = new Bell();
  server = createServer((request, response) => {
    request.on('data', (body: Buffer) => {
      if (body.includes('Hangs')) {
        hung.ring();
      } else {
        response.setHeader('content-type', 'application/x-amz-json-1.0').end('{"Item":{"id":{"S":"a"}}}');
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function url(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function get(TableName: string): GetItemCommand {
  return new GetItemCommand({ TableName, Key: { id: { S: 'a' } } });
}

test('calls that never answer hold no other call', async () => {
  const fifty = (async () => {
    for (let i = 0; i < 50; i++) {
      await hung.next;
    }
  })();
  const client = tablesClient(url());
  const ended = new AbortController();
  setMaxListeners(0, ended.signal);
  const hanging = Array.from({ length: 200 }, () =>
    client.send(get('Hangs'), { abortSignal: ended.signal }).catch((error: Error) => error.name),
  );
  await fifty;
  expect((await client.send(get('Answers'))).Item).toEqual({ id: { S: 'a' } });
  ended.abort();
  expect(new Set(await Promise.all(hanging))).toEqual(new Set(['AbortError']));
  client.destroy();
});

test('a call that never answers ends', async () => {
  const client = tablesClient(url(), 'us-east-1', 20);
  await expect(client.send(get('Hangs'))).rejects.toMatchObject({ name: 'TimeoutError' });
  client.destroy();
});
