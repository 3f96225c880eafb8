import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIXTURES, functionOf, matching, stopAll } from './functions';

afterEach(stopAll);

const esm = { directory: join(FIXTURES, 'esm') };

describe('a handler answers', () => {
  test.each([
    ['with a promise', 'index.echo', { a: [1, null, 'ü'] }, { a: [1, null, 'ü'] }],
    ['with nothing, which is null', 'index.nothing', {}, null],
    ['by its callback', 'index.byCallback', { b: 2 }, { b: 2 }],
    ['by its callback once the event loop is empty', 'index.callsBackEarly', { wait: true }, { ticked: true }],
    ['by its callback at once if it says so', 'index.callsBackEarly', { wait: false }, { ticked: false }],
    ['null when it has nothing left to do', 'index.neverAnswers', {}, null],
    ['from an object of the module', 'index.nested.deep.handler', {}, 'found'],
  ])('%s', async (_, handler, event, payload) => {
    const lambda = functionOf(handler);
    // Twice: the first answer must leave the environment fit for the second.
    expect(await lambda.invoke(event)).toEqual({ ok: true, payload });
    expect(await lambda.invoke(event)).toEqual({ ok: true, payload });
  });

  test('from an ES module', async () => {
    const result = await functionOf('index.handler', esm).invoke({ c: 3 });
    expect(result).toEqual({ ok: true, payload: { event: { c: 3 }, sdk: 'function' } });
  });

  test('from a .js file whose package says that it is an ES module', async () => {
    const lambda = functionOf('index.handler', { directory: join(FIXTURES, 'esm-by-package') });
    expect(await lambda.invoke({})).toEqual({ ok: true, payload: 'index.js' });
  });
});

describe('a handler finds', () => {
  test('in its environment what Lambda and the template give, and nothing of ours', async () => {
    process.env.ONLY_OURS = 'secret';
    const result = await functionOf(
      'index.environment',
      { environment: { TABLE: 'things', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' } },
      { region: 'eu-central-1' },
    ).invoke({});
    delete process.env.ONLY_OURS;
    const variables = (result as { payload: Record<string, string> }).payload;
    expect(Object.keys(variables).sort()).toEqual([
      'AWS_ACCESS_KEY_ID',
      'AWS_DEFAULT_REGION',
      'AWS_ENDPOINT_URL',
      'AWS_EXECUTION_ENV',
      'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
      'AWS_LAMBDA_FUNCTION_NAME',
      'AWS_LAMBDA_FUNCTION_VERSION',
      'AWS_LAMBDA_INITIALIZATION_TYPE',
      'AWS_LAMBDA_LOG_GROUP_NAME',
      'AWS_LAMBDA_LOG_STREAM_NAME',
      'AWS_REGION',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'LAMBDA_TASK_ROOT',
      'LANG',
      'NODE_PATH',
      'PATH',
      'TABLE',
      'TZ',
      '_HANDLER',
    ]);
    expect(variables).toMatchObject({ AWS_REGION: 'eu-central-1', TABLE: 'things', _HANDLER: 'index.environment' });
  });

  test('no channel to us', async () => {
    expect(await functionOf('index.hasChannel').invoke({})).toEqual({ ok: true, payload: 'undefined' });
  });

  test('its invocation described in the context', async () => {
    const result = await functionOf('index.context', { timeoutSeconds: 7 }).invoke({});
    const { remaining, ...context } = (result as { payload: { remaining: number } }).payload;
    expect(context).toEqual({
      awsRequestId: matching(/^[0-9a-f-]{36}$/),
      callbackWaitsForEmptyEventLoop: true,
      functionName: 'tested',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:tested',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/tested',
      logStreamName: 'local',
    });
    expect(remaining).toBeGreaterThan(5000);
    expect(remaining).toBeLessThanOrEqual(7000);
  });

  test('the SDK that the runtime provides', async () => {
    expect(await functionOf('index.usesSdk').invoke({})).toEqual({ ok: true, payload: 'function' });
  });

  test.each([
    ['require', {}],
    ['import', esm],
  ])('none of the other packages of this project, by %s', async (_, place) => {
    const lambda = functionOf('index.usesProject', place);
    expect(await lambda.invoke({ module: 'fast-check' })).toMatchObject({
      ok: false,
      errorMessage: matching(/^Cannot find module 'fast-check'.*bundle/),
    });
    expect(await lambda.invoke({ module: 'node:fs' })).toEqual({ ok: true, payload: 'object' });
  });
});

describe('code that cannot be used answers', () => {
  const broken = { directory: join(FIXTURES, 'broken') };
  test.each([
    ['a file that is not there', 'absent.handler', broken, 'Runtime.ImportModuleError', /Cannot find module 'absent'/],
    ['a module that is not bundled', 'missing.handler', broken, 'Runtime.ImportModuleError', /'not-bundled'/],
    ['an error while loading', 'throws.handler', broken, 'RangeError', /^fails while it loads$/],
    [
      'an export that is not there',
      'index.absent',
      {},
      'Runtime.HandlerNotFound',
      /^index.absent is undefined or not exported$/,
    ],
    [
      'an export that is no function',
      'index.notAFunction',
      {},
      'Runtime.HandlerNotFound',
      /^index.notAFunction is not a function$/,
    ],
    ['a handler without an export', 'index', {}, 'Runtime.MalformedHandlerName', /^Bad handler: index$/],
  ])('%s', async (_, handler, place, errorType, message) => {
    const lambda = functionOf(handler, place);
    const failure = { ok: false, errorType, errorMessage: matching(message) };
    expect(await lambda.invoke({})).toMatchObject(failure);
    expect(await lambda.invoke({})).toMatchObject(failure);
  });

  test('a syntax error', async () => {
    // Not among the fixtures, where every tool that reads them would fail over it.
    const directory = await mkdtemp(join(tmpdir(), 'syntax-'));
    await writeFile(join(directory, 'index.js'), 'exports.handler = async () => {');
    expect(await functionOf('index.handler', { directory }).invoke({})).toMatchObject({
      ok: false,
      errorType: 'Runtime.UserCodeSyntaxError',
      errorMessage: matching(/^SyntaxError: /),
    });
    await rm(directory, { recursive: true });
  });

  test('anything, once it is repaired', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'repaired-'));
    const lambda = functionOf('index.handler', { directory });
    expect(await lambda.invoke({})).toMatchObject({ ok: false });
    await writeFile(join(directory, 'index.js'), 'exports.handler = async () => "repaired";');
    expect(await lambda.invoke({})).toEqual({ ok: true, payload: 'repaired' });
    await rm(directory, { recursive: true });
  });
});
