import { once } from 'node:events';
import { connect } from 'node:net';
import { RunningSystem } from '../support/running-system';

/** What AppSync answers to requests that no client library would send. */
describe('the HTTP endpoint', () => {
  let system: RunningSystem;
  beforeAll(async () => (system = await RunningSystem.start()));
  afterAll(() => system.stop());
  afterEach(async () => {
    const { status, body } = await send(JSON.stringify({ query: '{ __typename }' }));
    expect([status, body]).toEqual([200, { data: { __typename: 'Query' } }]);
  });

  const send = async (
    body: string | undefined,
    headers: Record<string, string> = { 'x-api-key': 'da2-local' },
    path = '/graphql',
    method = 'POST',
  ) => {
    const response = await fetch(`${system.url}${path}`, { method, body, headers });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };

  test.each([
    ['an unparsable body', '{"query":', 'Unable to parse GraphQL query.'],
    ['an object without a query', '{}', 'Unable to parse GraphQL query.'],
    ['a list', '[]', 'Unable to parse GraphQL query.'],
    ['null', 'null', 'Unable to parse GraphQL query.'],
    ['a query that is no text', '{"query": 7}', 'Unable to parse GraphQL query.'],
    ['variables that are a list', '{"query": "{ __typename }", "variables": []}', 'Unable to parse GraphQL query.'],
    ['a query that is no GraphQL', '{"query": "{ entries("}', 'Unable to parse GraphQL query.'],
    ['an empty body', '', 'Request body is empty.'],
  ])('answers %s with MalformedHttpRequestException', async (_, body, message) => {
    const answer = await send(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ errors: [{ errorType: 'MalformedHttpRequestException', message }] });
    expect(answer.headers.get('x-amzn-errortype')).toBe('MalformedHttpRequestException');
  });

  test.each<[string, Record<string, string>]>([
    ['no key', {}],
    ['a wrong key', { 'x-api-key': 'da2-other' }],
    ['an empty key', { 'x-api-key': '' }],
    ['a token of nobody', { authorization: 'nonsense' }],
  ])('answers %s with UnauthorizedException, before it looks at the body', async (_, headers) => {
    for (const body of ['{"query":"{ __typename }"}', '{"query":']) {
      const answer = await send(body, headers);
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual({ errors: [{ errorType: 'UnauthorizedException', message: expect.any(String) }] });
      expect(answer.headers.get('x-amzn-errortype')).toBe('UnauthorizedException');
    }
  });

  test('answers an unknown field with a validation error, status 200 and no data', async () => {
    const answer = await send(JSON.stringify({ query: '{ entries(guest: "ann") { nothing } }' }));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      data: null,
      errors: [
        {
          path: null,
          locations: [{ line: 1, column: 27, sourceName: null }],
          message: expect.any(String),
        },
      ],
    });
  });

  test('refuses a body of 2 MB', async () => {
    const answer = await send(JSON.stringify({ query: `{ __typename } # ${'x'.repeat(2 * 1024 * 1024)}` }));
    expect(answer.status).toBe(413);
    expect(answer.body).toEqual({
      errors: [{ errorType: 'RequestEntityTooLargeException', message: expect.stringContaining('1048576') }],
    });
  });

  test('answers an unknown path, and a method that is not served', async () => {
    expect((await send('{}', {}, '/elsewhere')).status).toBe(404);
    expect(await send(undefined, {}, '/graphql', 'GET')).toMatchObject({
      status: 405,
      body: { errors: [{ errorType: 'UnknownOperationException' }] },
    });
  });

  test('survives a client that hangs up in the middle of its body', async () => {
    const saidBefore = system.output.length;
    const { host, port } = new URL(system.url);
    const client = connect(Number(port), '127.0.0.1');
    const head = ['POST /graphql HTTP/1.1', `host: ${host}`, 'x-api-key: da2-local', 'content-length: 1000'];
    client.write([...head, 'expect: 100-continue', '', '{"query":'].join('\r\n'));
    // The server has the head, and waits for the body.
    expect(String(await once(client, 'data'))).toMatch(/^HTTP\/1\.1 100 Continue/);
    const closed = once(client, 'close');
    client.resume().end();
    // The server has seen the end, and gives the connection up.
    await closed;
    const { status } = await send('{"query":"{ __typename }"}');
    expect(status).toBe(200);
    expect(system.output.slice(saidBefore)).toEqual([]);
  });

  test('takes JSON whatever its content type, and null for variables', async () => {
    for (const type of ['application/json; charset=UTF-8', 'application/graphql', 'text/plain']) {
      const answer = await send('{"query":"{ __typename }","variables":null}', {
        'x-api-key': 'da2-local',
        'content-type': type,
      });
      expect(answer.body).toEqual({ data: { __typename: 'Query' } });
      expect(answer.headers.get('content-type')).toBe('application/json;charset=UTF-8');
      expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});
