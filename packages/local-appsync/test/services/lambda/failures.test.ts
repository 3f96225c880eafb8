import { UnsupportedRuntimeError } from '../../../src/services/lambda/errors';
import { functionOf, matching, stopAll } from './functions';

afterEach(stopAll);

const anyArray: unknown = expect.any(Array);
const anyNumber: unknown = expect.any(Number);

test.each([
  ['an error that it throws', 'index.throws', 'TypeError', 'no such thing', /^TypeError: no such thing$/],
  ['an error that it gives its callback', 'index.failsByCallback', 'RangeError', 'out of range', /^RangeError/],
  ['an error that nobody catches', 'index.throwsLater', 'TypeError', 'too late to catch', /^TypeError/],
  [
    'a rejection that nobody catches',
    'index.rejectsAside',
    'Runtime.UnhandledPromiseRejection',
    'TypeError: nobody listens',
    /^TypeError/,
  ],
  ['a result that is no JSON', 'index.circular', 'Error', matching(/^Unable to stringify response body/), /^Error/],
])('a handler answers %s', async (_, handler, errorType, errorMessage, traceHead) => {
  const result = await functionOf(handler).invoke({});
  expect(result).toEqual({ ok: false, errorType, errorMessage, trace: anyArray });
  expect((result as { trace: string[] }).trace[0]).toMatch(traceHead);
});

test('what is thrown and is no error has its type as the error type', async () => {
  const failure = { ok: false, errorType: 'string', errorMessage: 'just text', trace: [] };
  expect(await functionOf('index.throwsText').invoke({})).toEqual(failure);
});

test.each([
  [{ exit: 0 }, /Error: Runtime exited without providing a reason$/],
  [{ exit: 3 }, /Error: Runtime exited with error: exit status 3$/],
  [{ signal: 'SIGKILL' }, /Error: Runtime exited with error: signal: killed$/],
])('a process that ends with %j fails its invocation, and the next one gets a new process', async (end, message) => {
  const lambda = functionOf('index.ends');
  const first = await lambda.invoke({});
  expect(await lambda.invoke(end)).toEqual({
    ok: false,
    errorType: 'Runtime.ExitError',
    errorMessage: matching(message),
    trace: [],
  });
  const next = await lambda.invoke({});
  expect(next).toEqual({ ok: true, payload: anyNumber });
  expect(next).not.toEqual(first);
});

test('a handler that takes too long is killed, and the next invocation gets a new process', async () => {
  const lambda = functionOf('index.counts', { timeoutSeconds: 0.2 });
  const first = await lambda.invoke({});
  expect(await lambda.invoke({ ms: 60_000 })).toEqual({
    ok: false,
    errorType: 'Sandbox.Timedout',
    errorMessage: matching(/^\d{4}-\d\d-\d\dT[\d:.]+Z [0-9a-f-]{36} Task timed out after 0\.20 seconds$/),
    trace: [],
  });
  const next = await lambda.invoke({});
  expect(next).toMatchObject({ ok: true, payload: { invocations: 1 } });
  expect(next).not.toEqual(first);
});

test('a request over 6 MB is refused, one of 6 MB is not', async () => {
  const lambda = functionOf('index.nothing');
  const most = 'x'.repeat(6_291_456 - 2);
  await expect(lambda.invoke(most)).resolves.toEqual({ ok: true, payload: null });
  await expect(lambda.invoke(`${most}x`)).rejects.toMatchObject({
    name: 'RequestTooLargeException',
    message: matching(/^Request must be smaller than 6291456 bytes/),
  });
});

test('a response over 6 MB is an error', async () => {
  const lambda = functionOf('index.large');
  expect(await lambda.invoke({ bytes: 6_291_556 - 2 })).toMatchObject({ ok: true });
  expect(await lambda.invoke({ bytes: 6_291_556 - 1 })).toMatchObject({
    ok: false,
    errorType: 'Function.ResponseSizeTooLarge',
  });
});

test('a runtime that is not Node.js is refused at once', () => {
  expect(() => functionOf('app.handler', { runtime: 'python3.12' })).toThrow(UnsupportedRuntimeError);
  expect(() => functionOf('app.handler', { runtime: 'python3.12' })).toThrow(
    /tested has runtime "python3\.12"; only Node\.js/,
  );
});

test('what a function prints is heard line by line, and so is how it failed', async () => {
  const lines: string[] = [];
  let heard: () => void;
  const all = new Promise<void>((resolve) => (heard = resolve));
  const log = (name: string, line: string): void => {
    lines.push(`${name}: ${line}`);
    if (lines.length === 3) {
      heard();
    }
  };
  await functionOf('index.prints', {}, { log }).invoke({ subject: 'trouble' });
  await all;
  expect(lines.sort()).toEqual(['tested: about trouble', 'tested: first line', 'tested: second line']);

  lines.splice(0);
  await functionOf('index.throws', {}, { log }).invoke({});
  expect(lines).toEqual([matching(/^tested: ERROR\tInvoke Error\t.*"errorMessage":"no such thing"/)]);
});
