import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { WebSocket } from 'ws';
import { Access, type AccessOptions } from '../../src/endpoint/access';
import type { Route } from '../../src/endpoint/route';
import { SqsHttp } from '../../src/services/sqs/http';
import { Queues } from '../../src/services/sqs/queues';
import { LambdaHttp } from '../../src/services/lambda/http';
import { testApi, value } from '../services/appsync/support/api';
import { type ServedApi, serveApi } from '../services/appsync/support/endpoint';
import { FrameClient, withKey } from '../services/appsync/support/frame-client';

const sdl = `
  type Query { a: Int } type Mutation { m: Int }
  type Subscription { s: Int @aws_subscribe(mutations: ["m"]) }
`;
let served: ServedApi;
const invoked = jest.fn();

/** The API beside SQS, Lambda and pages, as the whole system has them. */
async function serve(access?: AccessOptions): Promise<ServedApi> {
  const api = await serveApi(testApi({ sdl, resolvers: { 'Query.a': value('1'), 'Mutation.m': value('2') } }), {
    access,
  });
  const lambda = new LambdaHttp(() => {
    invoked();
    return Promise.resolve({ ok: true, payload: 'invoked' });
  });
  const routes: Route[] = [new SqsHttp(new Queues('/nowhere', console.error)), lambda];
  api.endpoint.routes = [...routes, ...api.endpoint.routes!];
  api.endpoint.pages = (_, response) => void response.end('page');
  return api;
}

interface Answer {
  status: number;
  allowed: string | undefined;
  body: string;
}

function call(to: ServedApi, path: string, headers: Record<string, string>, method = 'POST'): Promise<Answer> {
  const { port } = new URL(to.url);
  return new Promise((resolve, reject) => {
    const called = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const { statusCode = 0, headers: answered } = response;
      text(response)
        .then((body) => resolve({ status: statusCode, allowed: answered['access-control-allow-origin'], body }))
        .catch(reject);
    });
    called.once('error', reject).end(method === 'POST' ? '{"query":"{ a }"}' : undefined);
  });
}

function graphql(to: ServedApi, headers: Record<string, string>): Promise<Answer> {
  return call(to, '/graphql', { ...withKey, ...headers });
}

/** Opens a WebSocket; gives `open`, or why it did not. */
async function handshake(to: ServedApi, headers: Record<string, string>): Promise<unknown> {
  const header = Buffer.from(JSON.stringify(withKey)).toString('base64url');
  const url = `${to.url.replace('http', 'ws')}/graphql/realtime`;
  try {
    const client = await FrameClient.open(new WebSocket(url, ['graphql-ws', `header-${header}`], { headers }));
    client.close();
    return 'open';
  } catch (error) {
    return (error as Error).message;
  }
}

beforeAll(async () => (served = await serve()));
afterAll(() => served.close());

const targets: [what: string, path: string, headers: Record<string, string>, method: string][] = [
  ['GraphQL', '/graphql', { ...withKey }, 'POST'],
  ['a preflight of GraphQL', '/graphql', { 'access-control-request-method': 'POST' }, 'OPTIONS'],
  ['SQS', '/', { 'x-amz-target': 'AmazonSQS.ListQueues' }, 'POST'],
  ['Lambda', '/2015-03-31/functions/f/invocations', { authorization: 'AWS4-HMAC-SHA256 x' }, 'POST'],
  ['tokens', '/local/token?user=alice', {}, 'GET'],
  ['pages', '/index.html', {}, 'GET'],
  ['health', '/health', {}, 'GET'],
];

const strangers: [what: string, headers: Record<string, string>][] = [
  ['a page of another site', { origin: 'https://evil.example' }],
  ['a page of another port of another site', { origin: 'http://localhost.evil.example:4000' }],
  ['a page without an origin', { origin: 'null' }],
  ['a page with an empty origin', { origin: '' }],
  ['an extension that calls itself localhost', { origin: 'chrome-extension://localhost' }],
  ['a site whose name points here', { host: 'evil.example:4000' }],
  ['a site whose name points here, with its own origin', { host: 'evil.example', origin: 'http://evil.example' }],
  ['a site whose name looks local', { host: 'localhost.evil.example' }],
  ['a site whose name ends like a local one', { host: 'evillocalhost' }],
  ['another address', { host: '192.168.1.7:4000' }],
  ['a host with more than a name', { host: 'evil.example@localhost' }],
  ['a host that is no name', { host: '[' }],
  ['a page that embeds it', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
];

describe.each(strangers)('%s', (_, stranger) => {
  test.each(targets)('has no access to %s', async (_name, path, headers, method) => {
    const { status, allowed, body } = await call(served, path, { ...headers, ...stranger }, method);
    expect([status, allowed]).toEqual([403, undefined]);
    expect(JSON.parse(body)).toMatchObject({ errors: [{ errorType: 'ForbiddenException' }] });
    expect(invoked).not.toHaveBeenCalled();
  });

  test('opens no WebSocket', async () => {
    expect(await handshake(served, stranger)).toMatch(/403/);
  });
});

const friends: [what: string, headers: Record<string, string>][] = [
  ['a program', {}],
  ['a program that says localhost', { host: 'localhost:4000' }],
  ['a program that says [::1]', { host: '[::1]:4000' }],
  ['a program that says LOCALHOST', { host: 'LOCALHOST' }],
  ['a page of localhost', { origin: 'http://localhost:5173' }],
  ['a page of 127.0.0.1', { origin: 'http://127.0.0.1:3000' }],
  ['a page of [::1]', { origin: 'https://[::1]' }],
  ['a page of a name below localhost', { origin: 'http://app.localhost:5173', host: 'api.localhost:4000' }],
];

describe.each(friends)('%s', (_, friend) => {
  test('calls the API, and may read the answer', async () => {
    const { status, allowed, body } = await graphql(served, friend);
    expect([status, allowed, body]).toEqual([200, friend.origin, '{"data":{"a":1}}']);
  });

  test('opens a WebSocket', async () => {
    expect(await handshake(served, friend)).toBe('open');
  });
});

test('a link of another site may lead to a page', async () => {
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  expect(await call(served, '/index.html', link, 'GET')).toMatchObject({ status: 200, body: 'page' });
});

test('each refusal is logged once, with what lets the caller in', async () => {
  const other = await serve();
  const origins = ['https://a.example', 'https://b.example', 'https://a.example'];
  for (const origin of origins) {
    await graphql(other, { origin });
  }
  expect(other.logged).toEqual([
    'Refused: The origin https://a.example is not of this machine. --allow-origin URL lets its pages call.',
    'Refused: The origin https://b.example is not of this machine. --allow-origin URL lets its pages call.',
  ]);
  await other.close();
});

test('as many refusals are logged as somebody may read', async () => {
  const other = await serve();
  for (let i = 0; i < 30; i++) {
    await graphql(other, { origin: `https://${i}.example` });
  }
  expect(other.logged).toHaveLength(20);
  await other.close();
});

describe('Who allows', () => {
  test('an origin lets its pages in, everywhere, and no others', async () => {
    const other = await serve({ allowOrigins: ['https://APP.example/', 'chrome-extension://abc'] });
    for (const origin of ['https://app.example', 'chrome-extension://abc']) {
      expect(await graphql(other, { origin })).toMatchObject({ status: 200, allowed: origin });
      expect(await handshake(other, { origin })).toBe('open');
    }
    for (const origin of ['http://app.example', 'https://app.example:444', 'https://sub.app.example']) {
      expect(await graphql(other, { origin })).toMatchObject({ status: 403, allowed: undefined });
    }
    await other.close();
  });

  test('a host answers to it, with pages that are served under it', async () => {
    const other = await serve({ allowHosts: ['App.test'] });
    const host = 'app.test:4000';
    expect(await graphql(other, { host, origin: 'http://app.test:4000' })).toMatchObject({ status: 200 });
    expect(await handshake(other, { host, origin: 'https://app.test:4000' })).toBe('open');
    expect(await graphql(other, { host, origin: 'http://app.test:5000' })).toMatchObject({ status: 403 });
    expect(await graphql(other, { host: 'sub.app.test' })).toMatchObject({ status: 403 });
    await other.close();
  });

  test('pages of any origin has the API answer as AWS does, and nothing else, and no other host', async () => {
    const other = await serve({ corsAny: true });
    const callers: Record<string, string>[] = [{}, { origin: 'https://evil.example' }, { origin: 'null' }];
    for (const headers of callers) {
      expect(await graphql(other, headers)).toMatchObject({ status: 200, allowed: '*' });
      expect(await handshake(other, headers)).toBe('open');
    }
    for (const [what, path, headers, method] of targets.filter(([name]) => !name.includes('GraphQL'))) {
      const origin = 'https://evil.example';
      expect([what, (await call(other, path, { ...headers, origin }, method)).status]).toEqual([what, 403]);
    }
    expect((await graphql(other, { host: 'evil.example' })).status).toBe(403);
    await other.close();
  });

  test.each(['', 'app.example', 'null', 'https://', 'https://app.example/path', 'https://me@app.example', '*'])(
    'the origin %j is told what one is',
    (origin) => {
      expect(() => Access.of({ allowOrigins: [origin] })).toThrow('such as https://app.example');
    },
  );

  test.each(['', 'http://app.test', 'app.test:4000', 'app.test/path', '['])(
    'the host %j is told what one is',
    (host) => {
      expect(() => Access.of({ allowHosts: [host] })).toThrow('such as app.test');
    },
  );
});

test('no name of the world is taken for this machine', () => {
  const access = Access.of({});
  const name = fc.domain().filter((domain) => !domain.endsWith('.localhost'));
  fc.assert(
    fc.property(name, fc.constantFrom('http', 'https'), fc.option(fc.nat(65535)), (domain, scheme, port) => {
      const host = port === null ? domain : `${domain}:${port}`;
      expect(() => access.admit({ host })).toThrow();
      expect(() => access.admit({ host: 'localhost', origin: `${scheme}://${host}` })).toThrow();
    }),
  );
});
