import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { request } from 'node:https';
import { type AddressInfo, connect, createServer, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectSecurely } from 'node:tls';
import { WebSocket } from 'ws';
import { type Certificate, localCertificate } from '../../src/endpoint/certificate';
import { testApi, value } from '../services/appsync/support/api';
import { SmallDisk, testOnSmallDisk } from '../support/small-disk';
import { API_KEY, type ServedApi, serveApi } from '../services/appsync/support/endpoint';
import { FrameClient, withKey } from '../services/appsync/support/frame-client';

const sdl = `
  type Query { a: Int } type Mutation { m: Int }
  type Subscription { s: Int @aws_subscribe(mutations: ["m"]) }
`;
let folder: string;
let certificate: Certificate;
let served: ServedApi;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  certificate = await localCertificate(folder);
  served = await serveApi(testApi({ sdl, resolvers: { 'Query.a': value('1'), 'Mutation.m': value('2') } }));
  served.endpoint.secure(certificate);
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true });
});

function postSecurely(host: string, ca?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const port = new URL(served.url).port;
    const asked = request({ host, port, path: '/graphql', method: 'POST', headers: withKey, ca }, (response) => {
      text(response).then(resolve, reject);
    });
    asked.once('error', reject);
    asked.end(JSON.stringify({ query: '{ a }' }));
  });
}

describe('The one port', () => {
  test('speaks HTTP with and without TLS', async () => {
    expect(await (await served.post({ query: '{ a }' })).json()).toEqual({ data: { a: 1 } });
    for (const host of ['localhost', '127.0.0.1']) {
      expect(await postSecurely(host, certificate.cert)).toBe('{"data":{"a":1}}');
    }
  });

  test('is not trusted by those who were not told to', async () => {
    await expect(postSecurely('localhost')).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    // And serves the next one all the same.
    expect(await postSecurely('localhost', certificate.cert)).toBe('{"data":{"a":1}}');
  });

  test('carries subscriptions with and without TLS, and a change reaches both', async () => {
    const header = Buffer.from(JSON.stringify(withKey)).toString('base64url');
    const protocols = ['graphql-ws', `header-${header}`];
    const { port } = new URL(served.url);
    const clients = [
      await FrameClient.open(new WebSocket(`ws://localhost:${port}/graphql/realtime`, protocols)),
      await FrameClient.open(
        new WebSocket(`wss://localhost:${port}/graphql/realtime`, protocols, { ca: certificate.cert }),
      ),
    ];
    for (const client of clients) {
      await client.subscribe('1', 'subscription { s }');
    }
    await served.post({ query: 'mutation { m }' }, { 'x-api-key': API_KEY });
    for (const client of clients) {
      expect(await client.next()).toEqual({ type: 'data', id: '1', payload: { data: { s: 2 } } });
      client.close();
    }
  });

  test.each([
    ['says nothing', ''],
    ['begins TLS and stops', '\x16'],
    ['begins TLS and goes on with nonsense', '\x16nonsense that is no handshake at all'],
    ['speaks neither', '\x00\x01\x02\r\n\r\n'],
  ])('is not harmed by a client that %s', async (_, words) => {
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    if (words !== '') {
      socket.write(words);
    }
    expect(await postSecurely('localhost', certificate.cert)).toBe('{"data":{"a":1}}');
    socket.destroy();
  });

  test('closes with connections open, and those that have said nothing', async () => {
    const other = await serveApi(testApi({ sdl }));
    const silent = connect(Number(new URL(other.url).port), '127.0.0.1');
    await once(silent, 'connect');
    const client = await FrameClient.connect(other.graphqlUrl);
    const closed = Promise.all([once(silent, 'close'), client.closed]);
    await other.close();
    await closed;
  });

  test('turns TLS away until it has a certificate', async () => {
    const other = await serveApi(testApi({ sdl }));
    // A client that would trust anybody.
    const client = connectSecurely({ port: Number(new URL(other.url).port), rejectUnauthorized: false });
    await expect(once(client, 'secureConnect')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await fetch(`${other.url}/health`)).status).toBe(200);
    await other.close();
  });

  test('is the same on both loopback addresses', async () => {
    const { port } = new URL(served.url);
    expect(await (await fetch(`http://[::1]:${port}/health`)).json()).toEqual({ ready: true });
  });

  test.each(['127.0.0.1', '::1'])(
    'that is taken on %s is told in one line, and on the other left free',
    async (address) => {
      const stranger = createServer().listen(0, address);
      await once(stranger, 'listening');
      const { port } = stranger.address() as AddressInfo;
      await expect(serveApi(testApi({ sdl }), { port })).rejects.toMatchObject({
        name: 'StartError',
        message: `Port ${port} is taken. Stop what listens there, or choose another with --port.`,
      });
      const other = createServer().listen(port, address === '::1' ? '127.0.0.1' : '::1');
      await once(other, 'listening');
      await Promise.all([stranger, other].map((server) => once(server.close(), 'close')));
    },
  );

  test('is on IPv4 alone where there is no IPv6', async () => {
    const { listen } = Server.prototype;
    const without = jest.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...args) {
      const [, address] = args as unknown[];
      if (address !== '::1') {
        return Reflect.apply(listen, this, args);
      }
      process.nextTick(() => this.emit('error', Object.assign(new Error(), { code: 'EAFNOSUPPORT' })));
      return this;
    });
    const other = await serveApi(testApi({ sdl }));
    without.mockRestore();
    expect((await fetch(`${other.url}/health`)).status).toBe(200);
    await other.close();
  });
});

describe('The certificate', () => {
  test('is kept, with a key that is nobody else’s to read', async () => {
    const again = await localCertificate(folder);
    expect(again).toEqual(certificate);
    expect(certificate.file).toBe(join(folder, 'certificate.pem'));
    expect(statSync(join(folder, 'certificate-key.pem')).mode & 0o777).toBe(0o600);
  });

  test('is good for this machine’s own name, and vouches for no other', () => {
    const read = new X509Certificate(readFileSync(certificate.file));
    expect(read.ca).toBe(false);
    expect(read.checkHost('localhost')).toBe('localhost');
    expect(read.checkHost('example.com')).toBeUndefined();
    expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(read.checkIP('::1')).toBeDefined();
  });

  test.each([
    ['is about to end', () => new Date(Date.now() + 350 * 24 * 60 * 60 * 1000), undefined],
    ['cannot be read', () => new Date(), 'certificate.pem'],
    ['has a key that cannot be read', () => new Date(), 'certificate-key.pem'],
  ])('that %s is made anew', async (_, now, broken) => {
    if (broken) {
      truncateSync(join(folder, broken), 100);
    }
    const before = readFileSync(certificate.file, 'utf8');
    const renewed = await localCertificate(folder, { now: now() });
    expect(renewed.cert).not.toBe(before);
    expect(new X509Certificate(renewed.cert).checkPrivateKey(createPrivateKey(renewed.key))).toBe(true);
    expect(await localCertificate(folder, { now: now() })).toEqual(renewed);
  });

  testOnSmallDisk(
    'that a full disk does not take is good all the same, and the log says that it is not kept',
    async () => {
      const disk = new SmallDisk(64 * 1024);
      try {
        disk.fill();
        const told: string[] = [];
        const unkept = await localCertificate(disk.folder, { log: (line) => told.push(line) });
        expect(new X509Certificate(unkept.cert).checkPrivateKey(createPrivateKey(unkept.key))).toBe(true);
        expect(told).toEqual([expect.stringMatching(/certificate\.pem can't be written, .*: ENOSPC/)]);
        expect(readdirSync(disk.folder)).toEqual(['ballast']);
      } finally {
        disk.remove();
      }
    },
  );
});
