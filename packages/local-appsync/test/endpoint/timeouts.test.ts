import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import { type Certificate, localCertificate } from '../../src/endpoint/certificate';
import { TIMEOUTS } from '../../src/endpoint/front-door';
import { testApi, value } from '../services/appsync/support/api';
import { type ServedApi, serveApi } from '../services/appsync/support/endpoint';
import { FrameClient } from '../services/appsync/support/frame-client';

const sdl = `
  type Query { a: Int } type Mutation { m: Int }
  type Subscription { s: Int @aws_subscribe(mutations: ["m"]) }
`;
const short = { firstByteMs: 150, tlsHandshakeMs: 150, headersMs: 150, requestMs: 300, checkMs: 50 };

let folder: string;
let certificate: Certificate;
let served: ServedApi;
let port: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'timeouts-'));
  certificate = await localCertificate(folder);
  served = await serveApi(testApi({ sdl, resolvers: { 'Query.a': value('1'), 'Mutation.m': value('2') } }), {
    timeouts: short,
  });
  served.endpoint.secure(certificate);
  port = Number(new URL(served.url).port);
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true });
});

/** Resolves once the server has closed the connection, with what it said. */
async function ended(socket: Socket, words: string | Buffer): Promise<string> {
  let heard = '';
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  // A server that gives up may reset the connection.
  socket.on('error', () => undefined);
  if (words.length > 0) {
    socket.write(words);
  }
  await new Promise((resolve) => socket.once('close', resolve));
  return heard;
}

async function plain(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

async function secure(): Promise<Socket> {
  const socket = connectSecurely({ port, host: '127.0.0.1', ca: certificate.cert, servername: 'localhost' });
  await once(socket, 'secureConnect');
  return socket;
}

/** What a client says first when it begins TLS. */
async function hello(): Promise<Buffer> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port: listening } = listener.address() as AddressInfo;
  const client = connectSecurely({ port: listening, host: '127.0.0.1' }).on('error', () => undefined);
  const [peer] = (await once(listener, 'connection')) as [Socket];
  const [first] = (await once(peer, 'data')) as [Buffer];
  client.destroy();
  peer.destroy();
  await once(listener.close(), 'close');
  return first;
}

const HEAD = 'POST /graphql HTTP/1.1\r\nhost: localhost\r\nx-api-key: da2-test\r\ncontent-length: 100\r\n';
const WHOLE = 'GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n';

describe('A connection that', () => {
  test.each([
    ['says nothing', plain, ''],
    ['says half a line', plain, 'POST /gra'],
    ['says half of its headers', plain, HEAD],
    ['says half of its body', plain, `${HEAD}\r\n{"query"`],
    ['says half of its second request', plain, `${WHOLE}POST /gra`],
    ['begins TLS and stops', plain, '\x16'],
    ['says nothing over TLS', secure, ''],
    ['says half a line over TLS', secure, 'POST /gra'],
    ['says half of its body over TLS', secure, `${HEAD}\r\n{"query"`],
  ])('%s is closed', async (_, open, words) => {
    await ended(await open(), words);
  });

  test('says half a TLS hello is closed', async () => {
    const whole = await hello();
    await ended(await plain(), whole.subarray(0, whole.length / 2));
  });

  test('is refused as a WebSocket is closed, also if its client stays', async () => {
    const upgrade = 'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n';
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    // It goes on, and only a connection that is closed on both sides says no.
    const more = setInterval(() => socket.write('more'), 20);
    socket.once('close', () => clearInterval(more));
    expect(await ended(socket, `GET /no HTTP/1.1\r\nhost: localhost\r\n${upgrade}\r\n`)).toMatch(/^HTTP\/1.1 404/);
  });

  test('drips is closed, however long it goes on', async () => {
    const socket = await plain();
    const drip = setInterval(() => socket.write('x'), 20);
    socket.once('close', () => clearInterval(drip));
    await ended(socket, 'POST /graphql HTTP/1.1\r\nhost: localhost\r\nx-drip: ');
  });
});

test('five hundred of them are closed, while others are served', async () => {
  const sockets = await Promise.all(Array.from({ length: 500 }, plain));
  const all = Promise.all(sockets.map((socket, i) => ended(socket, HEAD.slice(0, i % HEAD.length))));
  expect(await (await served.post({ query: '{ a }' })).json()).toEqual({ data: { a: 1 } });
  await all;
});

test('all that a client may leave half done ends within a minute', () => {
  const { firstByteMs, tlsHandshakeMs, headersMs, requestMs, checkMs } = TIMEOUTS;
  expect(Math.max(firstByteMs, tlsHandshakeMs, headersMs + checkMs, requestMs + checkMs)).toBeLessThan(60_000);
});

test('an answer may take longer, and a WebSocket may be quiet', async () => {
  const client = await FrameClient.connect(served.graphqlUrl);
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  served.endpoint.routes = [
    {
      serves: ({ url }) => url === '/slow',
      handle: async (_, response) => {
        await released;
        response.end('at last');
      },
    },
    ...served.endpoint.routes!,
  ];
  const slow = fetch(`${served.url}/slow`);
  // Ends as the timeouts of all have passed.
  await ended(await plain(), `${HEAD}\r\n{"query"`);
  await ended(await plain(), `${HEAD}\r\n{"query"`);
  release();
  expect(await (await slow).text()).toBe('at last');
  await client.subscribe('1', 'subscription { s }');
  await served.post({ query: 'mutation { m }' });
  expect(await client.next()).toEqual({ type: 'data', id: '1', payload: { data: { s: 2 } } });
  client.close();
});
