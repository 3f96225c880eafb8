import { once } from 'node:events';
import { WebSocket } from 'ws';
import { ApiKeyProvider } from '../../../src/services/appsync/auth/api-key';
import type { AuthProvider } from '../../../src/services/appsync/auth/types';
import type { RunningApi } from '../../../src/services/appsync/build';
import { LiveApi } from '../../../src/services/appsync/live-api';
import { Bell } from '../../../src/shared/bell';
import { type ApiText, testApi, value } from './support/api';
import { API_KEY, type ServedApi, serveApi, type ServeOptions } from './support/endpoint';
import { carriers, type Frame, FrameClient, withKey } from './support/frame-client';

const sdl = `
  type Query { a: Int }
  type Mutation { change(id: ID!, note: String): Change  invalidate(user: ID): Change }
  type Change { id: ID!  note: String }
  type Subscription {
    onChange(id: ID): Change @aws_subscribe(mutations: ["change"])
    slow: Change @aws_subscribe(mutations: ["change"])
    guarded(user: ID!): Change @aws_subscribe(mutations: ["change"])
  }
`;
const resolvers: ApiText['resolvers'] = {
  'Mutation.change': value('ctx.args'),
  'Mutation.invalidate': {
    response: `extensions.invalidateSubscriptions({ subscriptionField: 'guarded', payload: { user: ctx.args.user } });
      return null;`,
  },
  'Subscription.guarded': {
    response: `if (ctx.args.user === 'nobody') util.unauthorized();
      extensions.setSubscriptionInvalidationFilter({
        filterGroup: [{ filters: [{ fieldName: 'user', operator: 'eq', value: ctx.args.user }] }] });
      return null;`,
  },
};
const ON_CHANGE = 'subscription ($id: ID) { onChange(id: $id) { id note } }';

/** Lets the resolver of `slow` end. */
let release: () => void;

function held() {
  return new Promise<{ result: null }>((resolve) => (release = () => resolve({ result: null })));
}

const SOME_IDS = Array.from({ length: 50 }, (_, i) => String(i));

/** An API in which the resolver of `slow` runs until it is released. */
function slowApi() {
  const held: (() => void)[] = [];
  const bell = new Bell();
  const execute = () => {
    bell.ring();
    return new Promise<{ result: null }>((resolve) => held.push(() => resolve({ result: null })));
  };
  const slow = { dataSource: { name: 'Slow', type: 'AWS_LAMBDA' as const, execute } };
  const { api } = testApi({ sdl, resolvers: { ...resolvers, 'Subscription.slow': slow } });
  return {
    running: { api } as unknown as RunningApi,
    get runs() {
      return held.length;
    },
    async began(count: number) {
      while (held.length < count) {
        await bell.next;
      }
    },
    /** Resolves once what waited has gone on. */
    async release() {
      held.forEach((resolve) => resolve());
      await new Promise(setImmediate);
    },
  };
}

let served: ServedApi;
let clients: FrameClient[];

async function serve(options: ServeOptions = {}): Promise<ServedApi> {
  const slow = { dataSource: { name: 'Slow', type: 'AWS_LAMBDA' as const, execute: held } };
  served = await serveApi(testApi({ sdl, resolvers: { ...resolvers, 'Subscription.slow': slow } }), options);
  return served;
}
async function connect(): Promise<FrameClient> {
  const client = await FrameClient.connect(served.graphqlUrl);
  clients.push(client);
  return client;
}
async function open(socket: WebSocket): Promise<FrameClient> {
  const client = await FrameClient.open(socket);
  clients.push(client);
  return client;
}

function change(id: string, note = 'n') {
  return served.post({
    query: 'mutation ($id: ID!, $note: String) { change(id: $id, note: $note) { id note } }',
    variables: { id, note },
  });
}

function errorFrame(id: string | undefined, errorType: string, message: unknown = expect.any(String)): Frame {
  return {
    type: 'error',
    ...(id === undefined ? {} : { id }),
    payload: { errors: [{ errorType, message }] },
  };
}

function dataFrame(id: string, onChange: unknown): Frame {
  return { type: 'data', id, payload: { data: { onChange } } };
}

beforeEach(() => void (clients = []));
afterEach(async () => {
  clients.forEach((client) => client.close());
  await served.close();
});

describe('A handshake', () => {
  const paths = ['/graphql/realtime', '/graphql'];
  const ways = Object.entries(carriers).flatMap(([name, carry]) => paths.map((path) => [name, path, carry] as const));

  test.each(ways)('may carry its authorization in %s, at %s', async (_, path, carry) => {
    await serve();
    const client = await open(carry(`${served.url.replace('http', 'ws')}${path}`, withKey));
    expect(client.socket.protocol).toBe('graphql-ws');
    client.send({ type: 'connection_init' });
    expect([await client.next(), await client.next()]).toEqual([
      { type: 'connection_ack', payload: { connectionTimeoutMs: 300_000 } },
      { type: 'ka' },
    ]);
  });

  const refusals: [what: string, headers: object, message: string][] = [
    ['a wrong key', { 'x-api-key': 'wrong' }, 'You are not authorized to make this call.'],
    ['nothing', {}, 'Valid authorization header not provided.'],
    ['a value that is no text', { 'x-api-key': { a: 1 } }, 'Valid authorization header not provided.'],
  ];
  test.each(refusals)(
    'with %s is told why, in a frame that clients do not try again after, and closed',
    async (_, headers, message) => {
      await serve();
      for (const carry of [carriers['a subprotocol'], carriers['the query string']]) {
        const client = await open(carry(`${served.url.replace('http', 'ws')}/graphql/realtime`, headers));
        client.send({ type: 'connection_init' });
        expect(await client.next()).toEqual({
          type: 'connection_error',
          payload: {
            errors: [
              { errorType: 'com.amazonaws.deepdish.graphql.auth#UnauthorizedException', message, errorCode: 400 },
            ],
          },
        });
        expect(await client.closed).toEqual({ code: 1008, reason: 'UnauthorizedException' });
      }
    },
  );

  test.each(['header-%%%', `header-${Buffer.from('[1]').toString('base64url')}`, 'header-'])(
    'with the unreadable header %s is refused, not fatal',
    async (protocol) => {
      await serve();
      const url = `${served.url.replace('http', 'ws')}/graphql/realtime?header=${encodeURIComponent(protocol)}`;
      const client = await open(new WebSocket(url, ['graphql-ws']));
      expect((await client.next()).type).toBe('connection_error');
    },
  );

  test('whose authorization fails for a reason of ours is refused without details, and logged', async () => {
    const broken: AuthProvider = {
      mode: 'API_KEY',
      authenticate: () => Promise.reject(new Error('keys out of reach')),
    };
    await serve({ providers: [broken] });
    const client = await open(
      carriers['a subprotocol'](`${served.url.replace('http', 'ws')}/graphql/realtime`, withKey),
    );
    expect(await client.next()).toEqual({
      type: 'connection_error',
      payload: {
        errors: [{ errorType: 'InternalFailure', message: 'An internal failure occurred.', errorCode: 500 }],
      },
    });
    expect((await client.closed).code).toBe(1011);
    expect(served.logged.join()).toContain('keys out of reach');
  });

  test('at another path, or before the system is ready, is no WebSocket', async () => {
    await serve();
    const status = async (path: string) => {
      const socket = new WebSocket(`${served.url.replace('http', 'ws')}${path}`, ['graphql-ws']);
      const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
      return response.statusCode;
    };
    expect(await status('/elsewhere')).toBe(404);
    served.endpoint.ready = false;
    expect(await status('/graphql/realtime')).toBe(503);
  });
});

describe('A connection', () => {
  test('hears a ka now and then', async () => {
    await serve({ keepAliveMs: 10 });
    const client = await connect();
    expect([await client.next(), await client.next()]).toEqual([{ type: 'ka' }, { type: 'ka' }]);
  });

  test('ends after its time', async () => {
    await serve({ connectionMs: 10 });
    const client = await open(
      carriers['a subprotocol'](`${served.url.replace('http', 'ws')}/graphql/realtime`, withKey),
    );
    expect((await client.closed).code).toBe(1000);
  });

  test.each([
    ['text that is no JSON', 'hello', undefined],
    ['JSON that is no object', '[1]', undefined],
    ['a frame of no type', {}, undefined],
    ['a frame of another protocol', { type: 'subscribe', id: 'x' }, 'x'],
    ['a frame whose id is no text', { type: 'ping', id: 7 }, undefined],
  ])('answers %s with an error and stays open', async (_, frame, id) => {
    await serve();
    const client = await connect();
    client.send(frame);
    expect(await client.next()).toEqual(errorFrame(id, 'UnsupportedOperation'));
    await client.subscribe('1', ON_CHANGE);
  });

  test('whose frame is too large is closed', async () => {
    await serve();
    const client = await connect();
    client.send('x'.repeat(1024 * 1024 + 1));
    expect((await client.closed).code).toBe(1009);
  });

  test('that reads too slowly is cut off, and the others are not', async () => {
    await serve({ maxBufferedBytes: 1024 * 1024 });
    const [slow, quick] = [await connect(), await connect()];
    await slow.subscribe('1', ON_CHANGE);
    await quick.subscribe('1', ON_CHANGE);
    slow.socket.pause();
    const gone = () => new Promise<void>((resolve) => slow.socket.once('close', () => resolve()));
    // Far more than the kernel takes in on a socket's behalf.
    for (let sent = 0; sent < 80; sent += 1) {
      await change('1', 'x'.repeat(200_000));
      await quick.next();
    }
    slow.socket.resume();
    await gone();
    await change('2');
    expect(await quick.next()).toEqual(dataFrame('1', { id: '2', note: 'n' }));
  });
});

describe('A start', () => {
  test('is acknowledged, then hears data, and is completed by a stop', async () => {
    await serve();
    const client = await connect();
    client.start('one', ON_CHANGE, { id: '1' });
    expect(await client.next()).toEqual({ type: 'start_ack', id: 'one' });
    await change('1');
    expect(await client.next()).toEqual(dataFrame('one', { id: '1', note: 'n' }));
    client.send({ type: 'stop', id: 'one' });
    expect(await client.next()).toEqual({ type: 'complete', id: 'one' });
    await change('1');
    expect(await client.heard(ON_CHANGE)).toEqual([]);
  });

  test('needs no connection_init before it', async () => {
    await serve();
    const client = await open(
      carriers['a subprotocol'](`${served.url.replace('http', 'ws')}/graphql/realtime`, withKey),
    );
    await client.subscribe('1', ON_CHANGE);
  });

  test('hears each subscription of a socket by its id', async () => {
    await serve();
    const client = await connect();
    await client.subscribe('a', ON_CHANGE, { id: '1' });
    await client.subscribe('b', ON_CHANGE, { id: '2' });
    await client.subscribe('c', ON_CHANGE);
    await change('2');
    expect([await client.next(), await client.next()]).toEqual([
      dataFrame('b', { id: '2', note: 'n' }),
      dataFrame('c', { id: '2', note: 'n' }),
    ]);
  });

  const refused: [what: string, query: string, errorType: string, message: unknown][] = [
    ['a query', '{ a }', 'UnsupportedOperation', ' not supported through the realtime channel'],
    ['a mutation', 'mutation { change(id: 1) { id } }', 'UnsupportedOperation', expect.any(String)],
    ['what is no GraphQL', 'subscription {', 'MalformedHttpRequestException', 'Unable to parse GraphQL query.'],
  ];
  test.each(refused)('with %s is refused', async (_, query, errorType, message) => {
    await serve();
    const client = await connect();
    client.start('1', query);
    expect(await client.next()).toEqual(errorFrame('1', errorType, message));
  });

  test('that is not valid gets the errors of validation', async () => {
    await serve();
    const client = await connect();
    client.start('1', 'subscription { onChange { nothing } }');
    expect(await client.next()).toMatchObject({ type: 'error', id: '1', payload: { errors: [{ path: null }] } });
    client.start('1', 'subscription ($u: ID!) { guarded(user: $u) { id } }');
    expect(await client.next()).toMatchObject({ type: 'error', id: '1', payload: { errors: [{ path: null }] } });
  });

  test('that its resolver refuses gets the resolver’s error', async () => {
    await serve();
    const client = await connect();
    client.start('1', 'subscription { guarded(user: "nobody") { id } }');
    expect(await client.next()).toMatchObject({
      type: 'error',
      id: '1',
      payload: { errors: [{ errorType: 'Unauthorized', message: 'Unauthorized' }] },
    });
  });

  test.each([
    ['no authorization', {}, 'Valid authorization header not provided.'],
    ['a wrong key', { 'x-api-key': 'wrong' }, 'You are not authorized to make this call.'],
  ])('with %s is refused, and the others go on', async (_, authorization, message) => {
    await serve();
    const client = await connect();
    await client.subscribe('good', ON_CHANGE);
    client.start('bad', ON_CHANGE, {}, authorization);
    expect(await client.next()).toEqual(errorFrame('bad', 'UnauthorizedException', message));
    await change('1');
    expect((await client.next()).id).toBe('good');
  });

  test.each([
    ['no payload', { type: 'start', id: '1' }],
    ['data that is no text', { type: 'start', id: '1', payload: { data: {}, extensions: { authorization: withKey } } }],
    ['extensions of another shape', { type: 'start', id: '1', payload: { data: '{}', extensions: [withKey] } }],
  ])('with %s is refused', async (_, frame) => {
    await serve();
    const client = await connect();
    client.send(frame);
    expect(await client.next()).toMatchObject({ type: 'error', id: '1' });
  });

  test.each([[undefined], [''], [7]])('needs an id, not %j', async (id) => {
    await serve();
    const client = await connect();
    client.send({ type: 'start', id, payload: {} });
    expect(await client.next()).toMatchObject({
      type: 'error',
      payload: { errors: [{ errorType: 'BadRequestException' }] },
    });
  });

  test('with an id in use is refused, and the first one goes on', async () => {
    await serve();
    const client = await connect();
    await client.subscribe('1', ON_CHANGE);
    client.start('1', ON_CHANGE);
    expect(await client.next()).toEqual(errorFrame('1', 'BadRequestException'));
    await change('1');
    expect((await client.next()).type).toBe('data');
  });

  test('beyond the hundredth of a connection is refused until another one stops', async () => {
    await serve();
    const client = await connect();
    for (let i = 1; i <= 100; i += 1) {
      await client.subscribe(String(i), ON_CHANGE, { id: 'never' });
    }
    client.start('101', ON_CHANGE);
    const refusal = errorFrame('101', 'MaxSubscriptionsReachedError', 'Max number of 100 subscriptions reached');
    expect(await client.next()).toEqual(refusal);
    client.send({ type: 'stop', id: '50' });
    expect(await client.next()).toEqual({ type: 'complete', id: '50' });
    await client.subscribe('101', ON_CHANGE);
  });

  test('hears nothing before its acknowledgement, however long its resolver takes', async () => {
    await serve();
    const client = await connect();
    client.start('slow', 'subscription { slow { id } }');
    await client.subscribe('other', ON_CHANGE);
    await change('1');
    expect((await client.next()).id).toBe('other');
    release();
    expect(await client.next()).toEqual({ type: 'start_ack', id: 'slow' });
    await change('2');
    expect([(await client.next()).id, (await client.next()).id].sort()).toEqual(['other', 'slow']);
  });

  test('that is stopped and started again while its resolver runs is one subscription', async () => {
    await serve();
    const client = await connect();
    client.start('1', 'subscription { slow { id } }');
    await client.subscribe('fence', ON_CHANGE, { id: 'never' });
    const releaseFirst = release;
    client.send({ type: 'stop', id: '1' });
    expect(await client.next()).toEqual({ type: 'complete', id: '1' });
    await client.subscribe('1', ON_CHANGE);
    releaseFirst();
    await change('1');
    expect(await client.next()).toEqual(dataFrame('1', { id: '1', note: 'n' }));
    expect(await client.heard(ON_CHANGE)).toEqual([]);
  });

  test.each<[string, (client: FrameClient) => void]>([
    ['is stopped', (client) => SOME_IDS.forEach((id) => client.send({ type: 'stop', id }))],
    ['loses its socket', (client) => client.close()],
  ])('that %s while its resolver runs is released: a reload does not run the resolver again', async (_, end) => {
    const [old, next] = [slowApi(), slowApi()];
    const live = new LiveApi(old.running);
    served = await serveApi({ api: live, logged: [] });
    const client = await connect();
    SOME_IDS.forEach((id) => client.start(id, 'subscription { slow { id } }'));
    await old.began(SOME_IDS.length);
    end(client);
    // By now the server knows.
    await (await connect()).heard(ON_CHANGE);
    await old.release();
    await live.replace(next.running);
    expect(next.runs).toBe(0);
  });

  test('of each of many at once is answered', async () => {
    await serve();
    const client = await connect();
    const ids = Array.from({ length: 50 }, (_, i) => String(i));
    ids.forEach((id) => client.start(id, ON_CHANGE));
    const acknowledged: (string | undefined)[] = [];
    while (acknowledged.length < ids.length) {
      acknowledged.push((await client.next()).id);
    }
    expect(acknowledged.sort()).toEqual([...ids].sort());
  });
});

test('A stop of nothing is not answered', async () => {
  await serve();
  const client = await connect();
  client.send({ type: 'stop', id: 'nothing' });
  client.send({ type: 'stop' });
  expect(await client.heard(ON_CHANGE)).toEqual([]);
});

test('A subscription that is invalidated ends with its connection', async () => {
  await serve();
  const [alice, bob] = [await connect(), await connect()];
  await alice.subscribe('1', 'subscription { guarded(user: "alice") { id } }');
  await bob.subscribe('1', 'subscription { guarded(user: "bob") { id } }');
  await served.post({ query: 'mutation { invalidate(user: "alice") { id } }' });
  expect(await alice.closed).toEqual({ code: 1000, reason: 'Subscription complete.' });
  expect(await bob.heard(ON_CHANGE)).toEqual([]);
});

test('One socket may mix ways of authorization: each start brings its own', async () => {
  await serve({ providers: [new ApiKeyProvider([API_KEY, 'da2-second'])] });
  const client = await connect();
  await client.subscribe('1', ON_CHANGE, {}, withKey);
  await client.subscribe('2', ON_CHANGE, {}, { 'X-Api-Key': 'da2-second' });
});

test('A client that goes away takes its subscriptions along', async () => {
  await serve();
  const [gone, stays] = [await connect(), await connect()];
  await gone.subscribe('1', ON_CHANGE);
  await stays.subscribe('1', ON_CHANGE);
  gone.close();
  await gone.closed;
  await change('1');
  expect((await stays.next()).type).toBe('data');
});
