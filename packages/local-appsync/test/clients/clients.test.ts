import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificate, localCertificate } from '../../src/endpoint/certificate';
import { testApi, value } from '../services/appsync/support/api';
import { API_KEY, type ServedApi, serveApi } from '../services/appsync/support/endpoint';
import type { Kind } from './client';
import { ClientProcess } from './client-process';

// A process with a client starts within seconds; Amplify waits five before it connects anew.
jest.setTimeout(60_000);

const api = testApi({
  sdl: `
    type Query { thing(id: ID!): Thing }
    type Mutation { change(id: ID!): Thing }
    type Thing { id: ID!  name: String }
    type Subscription { onChange(id: ID): Thing @aws_subscribe(mutations: ["change"]) }
  `,
  resolvers: {
    'Query.thing': value("{ id: ctx.args.id, name: 'a thing' }"),
    'Mutation.change': value("{ id: ctx.args.id, name: 'changed' }"),
  },
});

function changeOf(id: string) {
  return `mutation { change(id: "${id}") { id name } }`;
}

function onChange(id: string) {
  return `subscription { onChange(id: "${id}") { id name } }`;
}

let folder: string;
let certificate: Certificate;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clients-'));
  certificate = await localCertificate(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const KINDS: [name: string, kind: Kind, reconnects: boolean][] = [
  ['Amplify 6 over TLS', 'amplifyOverTls', true],
  ['Amplify 6 without TLS', 'amplify', true],
  ['Apollo Client 4 with the AppSync link 4', 'apollo4', false],
  ['Apollo Client 3 with the AppSync link 3', 'apollo3', false],
];

describe.each(KINDS)('%s', (_, kind, reconnects) => {
  let served: ServedApi;
  const clients: ClientProcess[] = [];

  async function serve(port?: number): Promise<void> {
    served = await serveApi(api, { port });
    served.endpoint.secure(certificate);
  }
  async function start(key: string): Promise<ClientProcess> {
    const url = served.graphqlUrl.replace('127.0.0.1', 'localhost');
    const client = await ClientProcess.start(kind, url, key, certificate.file);
    clients.push(client);
    return client;
  }
  beforeAll(() => serve());
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.stop()));
    await served.close();
  });

  test('queries, mutates, subscribes and unsubscribes', async () => {
    const client = await start(API_KEY);
    expect(await client.run('query { thing(id: "1") { id name } }')).toMatchObject({
      thing: { id: '1', name: 'a thing' },
    });

    const one = client.subscribe(onChange('1'));
    await one.connected();
    const two = client.subscribe(onChange('2'));
    await two.connected();
    expect(await client.run(changeOf('2'))).toMatchObject({ change: { id: '2', name: 'changed' } });
    expect(await two.data()).toMatchObject({ onChange: { id: '2', name: 'changed' } });

    await two.unsubscribe();
    await client.run(changeOf('2'));
    await client.run(changeOf('1'));
    expect(await one.data()).toMatchObject({ onChange: { id: '1', name: 'changed' } });
    expect(two.hasMore).toBe(false);
    await one.unsubscribe();
  });

  test(`over a restart of the server ${reconnects ? 'goes on by itself' : 'is told, and can subscribe anew'}`, async () => {
    const client = await start(API_KEY);
    let subscription = client.subscribe(onChange('1'));
    await subscription.connected();

    const { port } = new URL(served.url);
    await served.close();
    await serve(Number(port));
    if (!reconnects) {
      await subscription.error();
      subscription = client.subscribe(onChange('1'));
    }
    await subscription.connected();
    await client.run(changeOf('1'));
    expect(await subscription.data()).toMatchObject({ onChange: { id: '1' } });
  });

  test('with a wrong key is told that it is unauthorized', async () => {
    const client = await start('wrong');
    await expect(client.run('query { thing(id: "1") { id } }')).rejects.toThrow(/Unauthorized|401/);
    expect(await client.subscribe(onChange('1')).error()).toMatch(/Connection failed|Unauthorized|not authorized/i);
  });
});
