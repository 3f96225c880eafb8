import { once } from 'node:events';
import { connect } from 'node:net';
import type { AuthProvider } from '../../../src/services/appsync/auth/types';
import { Unauthorized } from '../../../src/services/appsync/auth/unauthorized';
import { testApi, value } from './support/api';
import { type ServedApi, serveApi } from './support/endpoint';

const sdl = 'type Query { a: Int  fails: Int  headers: AWSJSON  heading: Int  env: String } type Mutation { b: Int }';
const resolvers = {
  'Query.a': value('1'),
  'Query.fails': { response: "util.error('no', 'Bad');" },
  'Query.headers': value('ctx.request.headers'),
  'Query.heading': { response: "util.http.addResponseHeader('X-Mine', 'yes'); return 1;" },
  'Query.env': value('ctx.env.NAME'),
};
const MALFORMED = 'MalformedHttpRequestException';

let served: ServedApi;
beforeAll(async () => (served = await serveApi(testApi({ sdl, resolvers, environment: { NAME: 'local' } }))));
afterAll(() => served.close());

describe('A request over HTTP', () => {
  test('is answered with data, in JSON of a known length, with a request id of its own', async () => {
    const [response, other] = [await served.post({ query: '{ a }' }), await served.post({ query: '{ a }' })];
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('{"data":{"a":1}}');
    expect(response.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(response.headers.get('content-length')).toBe('16');
    expect(response.headers.get('x-amzn-appsync-tokensconsumed')).toBe('1');
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/);
    expect(response.headers.get('x-amzn-requestid')).not.toBe(other.headers.get('x-amzn-requestid'));
  });

  test.each(['application/json; charset=UTF-8', 'application/graphql', 'text/plain', 'nonsense'])(
    'may call its content %s',
    async (type) => {
      const response = await served.post({ query: '{ a }' }, { 'x-api-key': 'da2-test', 'content-type': type });
      expect(await response.json()).toEqual({ data: { a: 1 } });
    },
  );

  test.each([[undefined], [null], [{}], [{ unused: 1 }]])('may have the variables %j', async (variables) => {
    const response = await served.post({ query: '{ a }', variables, operationName: null });
    expect(await response.json()).toEqual({ data: { a: 1 } });
  });

  test('with an error of a resolver has status 200, data and errors', async () => {
    const response = await served.post({ query: '{ a fails }' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(
      '{"data":{"a":1,"fails":null},"errors":[{"path":["fails"],"data":null,"errorType":"Bad","errorInfo":null,' +
        '"locations":[{"line":1,"column":5,"sourceName":null}],"message":"no"}]}',
    );
    expect(response.headers.get('x-amzn-errortype')).toBeNull();
  });

  test('with an invalid document has status 200 and data null', async () => {
    const response = await served.post({ query: '{ nothing }' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ data: null, errors: [{ path: null }] });
  });

  const bodies: [what: string, body: string, message: string][] = [
    ['no body', '', 'Request body is empty.'],
    ['a blank body', ' \n', 'Request body is empty.'],
    ['no JSON', 'query { a }', 'Unable to parse GraphQL query.'],
    ['half of a JSON', '{"query": "{ a }"', 'Unable to parse GraphQL query.'],
    ['an empty object', '{}', 'Unable to parse GraphQL query.'],
    ['an empty list', '[]', 'Unable to parse GraphQL query.'],
    ['null', 'null', 'Unable to parse GraphQL query.'],
    ['a text', '"{ a }"', 'Unable to parse GraphQL query.'],
    ['a query that is no text', '{"query":7}', 'Unable to parse GraphQL query.'],
    ['a query that is no GraphQL', '{"query":"{"}', 'Unable to parse GraphQL query.'],
    ['variables that are a list', '{"query":"{ a }","variables":[]}', 'Unable to parse GraphQL query.'],
    ['variables that are a text', '{"query":"{ a }","variables":"{}"}', 'Unable to parse GraphQL query.'],
    ['an operation name that is no text', '{"query":"{ a }","operationName":7}', 'Unable to parse GraphQL query.'],
  ];
  test.each(bodies)('with %s is malformed', async (_, body, message) => {
    const response = await served.post(body);
    expect(response.status).toBe(400);
    expect(response.headers.get('x-amzn-errortype')).toBe(MALFORMED);
    expect(response.headers.get('x-amzn-requestid')).not.toBeNull();
    expect(await response.text()).toBe(JSON.stringify({ errors: [{ errorType: MALFORMED, message }] }));
  });

  test('with more than a megabyte is refused, and says so', async () => {
    const response = await served.post({ query: '{ a }', variables: { x: 'x'.repeat(1024 * 1024) } });
    expect(response.status).toBe(413);
    expect(response.headers.get('x-amzn-errortype')).toBe('RequestEntityTooLargeException');
  });

  test.each([
    ['without credentials', {}, 'Valid authorization header not provided.'],
    ['with a wrong key', { 'x-api-key': 'wrong' }, 'You are not authorized to make this call.'],
  ])('%s is unauthorized, before its body is judged', async (_, headers, message) => {
    for (const body of [{ query: '{ a }' }, '', '{']) {
      const response = await served.post(body, headers);
      expect(response.status).toBe(401);
      expect(response.headers.get('x-amzn-errortype')).toBe('UnauthorizedException');
      expect(await response.json()).toEqual({ errors: [{ errorType: 'UnauthorizedException', message }] });
    }
  });

  test('with a subscription is told where those are served', async () => {
    const api = testApi({
      sdl: 'type Query { a: Int } type Mutation { m: Int } type Subscription { s: Int @aws_subscribe(mutations: ["m"]) }',
    });
    const other = await serveApi(api);
    const response = await other.post({ query: 'subscription { s }' });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([400, 'UnsupportedOperation']);
    await other.close();
  });

  test.each(['GET', 'PUT', 'DELETE'])('by %s is refused', async (method) => {
    const response = await fetch(served.graphqlUrl, { method, headers: { 'x-api-key': 'da2-test' } });
    expect(response.status).toBe(405);
  });

  test('at another path is not found', async () => {
    for (const path of ['/', '//', '/graphql/', '/graphql/realtime', '/%']) {
      expect((await fetch(`${served.url}${path}`, { method: 'POST' })).status).toBe(404);
    }
  });

  test('lets a browser ask first', async () => {
    const response = await fetch(served.graphqlUrl, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:5173', 'access-control-request-method': 'POST' },
    });
    expect(response.status).toBe(204);
    const allowed = response.headers.get('access-control-allow-headers')!.split(', ');
    expect(allowed).toEqual(
      expect.arrayContaining([
        'authorization',
        'content-type',
        'x-api-key',
        'x-amz-date',
        'x-amz-security-token',
        'x-amz-user-agent',
      ]),
    );
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(response.headers.get('access-control-expose-headers')).toBe('x-amzn-RequestId, x-amzn-ErrorType');
  });

  test('shows resolvers its headers, with its id and its sender, and no cookies', async () => {
    const headers = { 'x-api-key': 'da2-test', 'X-Mine': 'yes', cookie: 'secret=1' };
    const response = await served.post({ query: '{ headers }' }, headers);
    const { data } = (await response.json()) as { data: { headers: string } };
    const seen = JSON.parse(data.headers) as Record<string, string>;
    expect(seen).toMatchObject({
      'x-mine': 'yes',
      'x-amzn-requestid': response.headers.get('x-amzn-requestid'),
      'x-forwarded-for': '127.0.0.1',
    });
    expect(seen).not.toHaveProperty('cookie');
  });

  test('may be answered with headers of a resolver', async () => {
    const response = await served.post({ query: '{ heading }' });
    expect(response.headers.get('x-mine')).toBe('yes');
  });

  test('shows resolvers the environment of the API', async () => {
    expect(await (await served.post({ query: '{ env }' })).json()).toEqual({ data: { env: 'local' } });
  });

  test('that breaks off in the middle harms nobody', async () => {
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{"query"');
    socket.destroy();
    await once(socket, 'close');
    expect((await served.post({ query: '{ a }' })).status).toBe(200);
  });
});

describe('What the authentication of a request gets to see', () => {
  test('is the path with its query string, and the body to the byte', async () => {
    const seen: unknown[] = [];
    const provider: AuthProvider = {
      mode: 'API_KEY',
      authenticate: ({ path, body, method }) => {
        seen.push({ path, body, method });
        throw new Unauthorized('no', { cause: new Error('the clock stands still') });
      },
    };
    const other = await serveApi(testApi({ sdl }), { providers: [provider] });
    const body = '{"query" :  "{ a }"}';
    await fetch(`${other.graphqlUrl}?a=1&b=%20`, { method: 'POST', headers: { 'x-api-key': 'k' }, body });
    expect(seen).toEqual([{ path: '/graphql?a=1&b=%20', body, method: 'POST' }]);
    // What the caller is not told, the log is.
    expect(other.logged).toEqual(['no The reason: the clock stands still']);
    await other.close();
  });
});

describe('Before the system is ready', () => {
  test('its health is 503, and afterwards 200', async () => {
    const health = async () => (await fetch(`${served.url}/health`)).status;
    served.endpoint.ready = false;
    expect(await health()).toBe(503);
    served.endpoint.ready = true;
    expect(await health()).toBe(200);
  });
});
