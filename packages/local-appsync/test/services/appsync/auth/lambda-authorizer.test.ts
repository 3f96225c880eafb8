import { AuthorizerAnswerError } from '../../../../src/services/appsync/auth/authorizer-answer';
import type { AuthorizerEvent } from '../../../../src/services/appsync/auth/authorizer-event';
import {
  LambdaAuthorizerProvider,
  type LambdaAuthorizerOptions,
} from '../../../../src/services/appsync/auth/lambda-authorizer';
import { connectRequest, startRequest } from '../../../../src/services/appsync/auth/realtime';
import { post, unauthorized } from './requests';

const REFUSED = unauthorized('You are not authorized to make this call.');
const request = post({ authorization: 'token-1', 'x-tenant': 'blue', accept: undefined });

/** A provider whose function answers with `answers` in turn, the last one again and again. */
function provider(answers: unknown[], options: Partial<LambdaAuthorizerOptions> = {}) {
  const events: AuthorizerEvent[] = [];
  const clock = { now: Date.parse('2026-03-01T12:00:00Z') };
  const authorizer = new LambdaAuthorizerProvider({
    invoke: (event) => {
      const answer = answers[Math.min(events.length, answers.length - 1)];
      events.push(event);
      return answer instanceof TypeError ? Promise.reject(answer) : Promise.resolve(answer);
    },
    apiId: 'abc',
    accountId: '123456789012',
    region: 'us-east-1',
    now: () => clock.now,
    ...options,
  });
  return { authorizer, events, clock };
}

describe('LambdaAuthorizerProvider', () => {
  test('whoever the function lets in has its context', async () => {
    const resolverContext = { tenant: 'blue', level: 3, admin: false, manager: null };
    const { authorizer } = provider([
      { isAuthorized: true, resolverContext, deniedFields: ['Query.secret'], ttlOverride: 10 },
    ]);
    expect(await authorizer.authenticate(request)).toEqual({
      mode: 'AWS_LAMBDA',
      identity: { resolverContext },
      groups: [],
      deniedFields: ['Query.secret'],
    });
  });

  test('an answer of one word has an empty context', async () => {
    const { authorizer } = provider([
      { isAuthorized: true, resolverContext: null, deniedFields: null, ttlOverride: null },
    ]);
    expect(await authorizer.authenticate(request)).toEqual({
      mode: 'AWS_LAMBDA',
      identity: { resolverContext: {} },
      groups: [],
      deniedFields: [],
    });
  });

  test("a denied field's ARN counts only for this API", async () => {
    const arn = (api: string, account = '123456789012', region = 'us-east-1') =>
      `arn:aws:appsync:${region}:${account}:apis/${api}/types/Query/fields/secret`;
    const deniedFields = [
      arn('abc'),
      arn('abcd'),
      arn('abc', '210987654321'),
      arn('abc', '123456789012', 'eu-west-1'),
      'Query.x',
    ];
    const { authorizer } = provider([{ isAuthorized: true, deniedFields }]);
    expect((await authorizer.authenticate(request)).deniedFields).toEqual([arn('abc'), 'Query.x']);
  });

  test('whoever it does not let in is refused', async () => {
    const { authorizer } = provider([{ isAuthorized: false, resolverContext: { tenant: 'blue' } }]);
    await expect(authorizer.authenticate(request)).rejects.toMatchObject(REFUSED);
  });

  test('a function that fails lets nobody in, and the log hears why', async () => {
    const failure = new TypeError('no database');
    const { authorizer } = provider([failure]);
    await expect(authorizer.authenticate(request)).rejects.toMatchObject({ ...REFUSED, cause: failure });
  });

  const mistakes: { name: string; answer: unknown; fault: string }[] = [
    { name: 'nothing', answer: undefined, fault: 'isAuthorized must be true or false, not absent' },
    { name: 'a word', answer: 'yes', fault: 'isAuthorized must be true or false, not "yes"' },
    {
      name: 'isAuthorized as text',
      answer: { isAuthorized: 'true' },
      fault: 'isAuthorized must be true or false, not "true"',
    },
    {
      name: 'a nested context',
      answer: { isAuthorized: true, resolverContext: { a: { b: 1 } } },
      fault: 'resolverContext.a must be a string, a number, a boolean or null (nothing nested), not {"b":1}',
    },
    {
      name: 'a list as context',
      answer: { isAuthorized: true, resolverContext: [] },
      fault: 'resolverContext must be an object',
    },
    {
      name: 'one denied field, not a list',
      answer: { isAuthorized: true, deniedFields: 'Query.a' },
      fault: 'deniedFields must be a list',
    },
    {
      name: 'a denied field that is no text',
      answer: { isAuthorized: true, deniedFields: [1] },
      fault: 'deniedFields must be a list',
    },
    {
      name: 'a negative ttl',
      answer: { isAuthorized: true, ttlOverride: -1 },
      fault: 'ttlOverride must be a number of seconds, not -1',
    },
    {
      name: 'a ttl as text',
      answer: { isAuthorized: true, ttlOverride: '60' },
      fault: 'ttlOverride must be a number of seconds',
    },
  ];
  test.each(mistakes)('an answer with $name lets nobody in', async ({ answer, fault }) => {
    const error: unknown = await provider([answer])
      .authorizer.authenticate(request)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ ...REFUSED, cause: expect.any(AuthorizerAnswerError) as unknown });
    expect(error).toHaveProperty('cause.message', expect.stringContaining(fault));
  });

  test.each([{}, { authorization: '' }])('without a token the function is not asked', async (headers) => {
    const { authorizer, events } = provider([{ isAuthorized: true }]);
    await expect(authorizer.authenticate(post(headers))).rejects.toMatchObject(unauthorized(/not provided/));
    expect(events).toEqual([]);
  });

  test('a token of the wrong form is refused without asking', async () => {
    const { authorizer, events } = provider([{ isAuthorized: true }], { identityValidationExpression: 'token-\\d' });
    await expect(authorizer.authenticate(post({ authorization: 'token-10' }))).rejects.toMatchObject(REFUSED);
    expect(events).toEqual([]);
    await expect(authorizer.authenticate(request)).resolves.toBeDefined();
  });
});

describe('the event of a Lambda authorizer', () => {
  const eventOf = async (of: Parameters<LambdaAuthorizerProvider['authenticate']>[0]) => {
    const { authorizer, events } = provider([{ isAuthorized: true }]);
    await authorizer.authenticate(of);
    return events[0];
  };
  const ids = {
    apiId: 'abc',
    accountId: '123456789012',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
  };

  test('it holds the token, the operation and the headers', async () => {
    const body = JSON.stringify({ query: 'query Now { now }', operationName: 'Now', variables: { a: 1 } });
    expect(await eventOf({ ...request, body })).toEqual({
      authorizationToken: 'token-1',
      requestContext: { ...ids, queryString: 'query Now { now }', operationName: 'Now', variables: { a: 1 } },
      requestHeaders: { authorization: 'token-1', 'x-tenant': 'blue' },
    });
  });

  test.each(['', 'no json', '[]', 'null', '{"query":1,"variables":null}'])(
    'the body "%s" has no operation',
    async (body) => {
      expect((await eventOf({ ...request, body }))?.requestContext).toEqual({ ...ids, queryString: '', variables: {} });
    },
  );

  test('a handshake is called DeepDish:Connect', async () => {
    const handshake = connectRequest({ Authorization: 'token-1', host: 'localhost' }, '::1');
    expect(await eventOf(handshake)).toEqual({
      authorizationToken: 'token-1',
      requestContext: { ...ids, queryString: '', operationName: 'DeepDish:Connect', variables: {} },
      requestHeaders: { authorization: 'token-1', host: 'localhost' },
    });
  });

  test('a start has the operation of its data', async () => {
    const start = startRequest({ Authorization: 'Bearer token-1' }, '{"query":"subscription { a }"}', '::1');
    expect(await eventOf(start)).toMatchObject({
      authorizationToken: 'Bearer token-1',
      requestContext: { queryString: 'subscription { a }' },
    });
  });
});

describe('the cache of a Lambda authorizer', () => {
  const calls: {
    name: string;
    options: Partial<LambdaAuthorizerOptions>;
    ttlOverride?: number;
    afterMs: number;
    asked: number;
  }[] = [
    { name: 'without a ttl each call asks', options: {}, afterMs: 0, asked: 2 },
    { name: "the API's ttl spares a call", options: { resultTtlSeconds: 60 }, afterMs: 59_999, asked: 1 },
    { name: "the API's ttl ends", options: { resultTtlSeconds: 60 }, afterMs: 60_000, asked: 2 },
    {
      name: 'the function may set a longer one',
      options: { resultTtlSeconds: 60 },
      ttlOverride: 120,
      afterMs: 119_999,
      asked: 1,
    },
    {
      name: 'the function may set a shorter one',
      options: { resultTtlSeconds: 60 },
      ttlOverride: 1,
      afterMs: 1000,
      asked: 2,
    },
    { name: 'the function may forbid it', options: { resultTtlSeconds: 60 }, ttlOverride: 0, afterMs: 0, asked: 2 },
  ];
  test.each(calls)('$name', async ({ options, ttlOverride, afterMs, asked }) => {
    const { authorizer, events, clock } = provider([{ isAuthorized: true, ttlOverride }], options);
    await authorizer.authenticate(request);
    clock.now += afterMs;
    await authorizer.authenticate(request);
    expect(events).toHaveLength(asked);
  });

  test('it goes by the token', async () => {
    const answers = [1, 2].map((user) => ({ isAuthorized: true, resolverContext: { user } }));
    const { authorizer } = provider(answers, { resultTtlSeconds: 60 });
    const userOf = async (token: string) => (await authorizer.authenticate(post({ authorization: token }))).identity;
    expect(await userOf('a')).toEqual({ resolverContext: { user: 1 } });
    expect(await userOf('b')).toEqual({ resolverContext: { user: 2 } });
    expect(await userOf('a')).toEqual({ resolverContext: { user: 1 } });
  });

  test('a refusal is kept as well', async () => {
    const { authorizer, events } = provider([{ isAuthorized: false }, { isAuthorized: true }], {
      resultTtlSeconds: 60,
    });
    await expect(authorizer.authenticate(request)).rejects.toMatchObject(REFUSED);
    await expect(authorizer.authenticate(request)).rejects.toMatchObject(REFUSED);
    expect(events).toHaveLength(1);
  });

  test('a failure is not', async () => {
    const { authorizer } = provider([new TypeError('cold'), { isAuthorized: true }], { resultTtlSeconds: 60 });
    await expect(authorizer.authenticate(request)).rejects.toMatchObject(REFUSED);
    await expect(authorizer.authenticate(request)).resolves.toBeDefined();
  });
});
