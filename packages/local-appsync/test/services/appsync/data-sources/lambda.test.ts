import { LambdaDataSource } from '../../../../src/services/appsync/data-sources/lambda';
import type { InvocationResult } from '../../../../src/services/lambda/function';

type Function = (payload: unknown) => unknown;

/** A data source whose function is `handle`; `payloads` are those that it was invoked with. */
function sourceOf(handle: Function) {
  const payloads: unknown[] = [];
  const source = new LambdaDataSource('Fn', (payload) => {
    payloads.push(payload);
    return Promise.resolve({ ok: true, payload: handle(payload) });
  });
  return { source, payloads };
}

function failure(errorMessage: string): InvocationResult {
  return {
    ok: false,
    errorType: 'TypeError',
    errorMessage,
    trace: [],
  };
}

function call(request: unknown, context: Record<string, unknown> = {}) {
  return { request, resolver: 'Query.f', context };
}

function failing(errorMessage: string) {
  return new LambdaDataSource('Fn', () => Promise.resolve(failure(errorMessage)));
}

describe('The Lambda data source', () => {
  describe('on Invoke', () => {
    test.each([[{ a: 1 }], [null], [[1, 2]], ['text'], [0]])(
      'sends the payload %j and answers what comes back',
      async (payload) => {
        const { source, payloads } = sourceOf((given) => ({ given }));
        expect(await source.execute(call({ operation: 'Invoke', payload }))).toEqual({ result: { given: payload } });
        expect(payloads).toEqual([payload]);
      },
    );

    test('sends null where there is no payload', async () => {
      const { source, payloads } = sourceOf(() => 1);
      await source.execute(call({ operation: 'Invoke', invocationType: 'RequestResponse' }));
      expect(payloads).toEqual([null]);
    });

    test('answers Lambda:Unhandled with the message of a function that fails', async () => {
      expect(await failing('boom').execute(call({ operation: 'Invoke' }))).toEqual({
        result: null,
        error: { type: 'Lambda:Unhandled', message: 'boom' },
      });
    });

    test('answers the exception by which Lambda refuses an invocation', async () => {
      const tooLarge = Object.assign(new Error('Request must be smaller'), { name: 'RequestTooLargeException' });
      const source = new LambdaDataSource('Fn', () => Promise.reject(tooLarge));
      expect((await source.execute(call({ operation: 'Invoke' }))).error).toEqual({
        type: 'Lambda:RequestTooLargeException',
        message: 'Request must be smaller',
      });
    });

    test('rejects on any other exception, which is a fault of ours', async () => {
      const source = new LambdaDataSource('Fn', () => Promise.reject(new TypeError('a bug')));
      await expect(source.execute(call({ operation: 'Invoke' }))).rejects.toThrow('a bug');
    });

    test.each([
      [null, 'Template transformation yielded an empty response.'],
      [{ payload: 1 }, "Value for field '$[operation]' not found."],
      [
        { operation: 'GetItem' },
        "Unsupported value 'GetItem' for field '$[operation]'; expected one of Invoke, BatchInvoke.",
      ],
      [{ operation: 'Invoke', arguments: {} }, "Unsupported element '$[arguments]'."],
      [
        { operation: 'Invoke', invocationType: 'DryRun' },
        "Unsupported value 'DryRun' for field '$[invocationType]'; expected one of RequestResponse, Event.",
      ],
    ])('refuses the request %j without invoking', async (request, message) => {
      const { source, payloads } = sourceOf(() => 1);
      expect(await source.execute(call(request))).toEqual({
        result: null,
        error: { type: 'MappingTemplate', message },
      });
      expect(payloads).toEqual([]);
    });
  });

  describe('on an invocation of type Event', () => {
    const request = { operation: 'Invoke', payload: 1, invocationType: 'Event' };

    test('answers null while the function still runs', async () => {
      let invoked: unknown;
      const source = new LambdaDataSource('Fn', (payload) => {
        invoked = payload;
        return new Promise(() => undefined);
      });
      expect(await source.execute(call(request))).toEqual({ result: null });
      expect(invoked).toBe(1);
    });

    test('answers null whatever the function makes of it', async () => {
      expect(await failing('boom').execute(call(request))).toEqual({ result: null });
    });

    test('warns of an invocation that is lost', async () => {
      const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
      const lost = new Error('lost');
      await new LambdaDataSource('Fn', () => Promise.reject(lost)).execute(call(request));
      expect(warn).toHaveBeenCalledWith(lost);
      warn.mockRestore();
    });
  });

  describe('without handlers', () => {
    const context = { arguments: { id: 1 }, args: { id: 1 }, source: { a: 1 }, info: { fieldName: 'f' }, env: {} };
    const payload = {
      arguments: { id: 1 },
      identity: null,
      source: { a: 1 },
      request: null,
      prev: null,
      info: { fieldName: 'f' },
      stash: {},
    };

    test('sends the context and answers what comes back', async () => {
      const { source, payloads } = sourceOf(() => 'result');
      expect(await source.execute(call(undefined, context))).toEqual({ result: 'result' });
      expect(payloads).toEqual([payload]);
    });

    test('sends a list of contexts where maxBatchSize says so, and each result tells its own error', async () => {
      const { source, payloads } = sourceOf(() => [
        { data: 1, errorMessage: null },
        { data: { partial: true }, errorMessage: 'boom', errorType: 'Boom' },
        { errorMessage: 'plain' },
        { id: 4 },
      ]);
      const calls = Array.from({ length: 4 }, () => call(undefined, context));
      expect(await source.executeBatch(calls, 10)).toEqual([
        { result: 1 },
        { result: { partial: true }, error: { type: 'Boom', message: 'boom' } },
        { result: null, error: { type: 'Lambda:Unhandled', message: 'plain' } },
        { result: { id: 4 } },
      ]);
      expect(payloads).toEqual([[payload, payload, payload, payload]]);
    });
  });

  describe('on BatchInvoke', () => {
    const batched = (payload: unknown, more = {}) => call({ operation: 'BatchInvoke', payload, ...more });
    const double: Function = (payloads) => (payloads as number[]).map((each) => each * 2);

    test('sends a list also for a single call', async () => {
      const { source, payloads } = sourceOf(double);
      expect(await source.execute(batched(2))).toEqual({ result: 4 });
      expect(payloads).toEqual([[2]]);
    });

    test.each([
      [
        0,
        [
          [0, 1, 2, 3, 4],
          [5, 6],
        ],
      ],
      [3, [[0, 1, 2], [3, 4, 5], [6]]],
      [2000, [[0, 1, 2, 3, 4, 5, 6]]],
    ])('with maxBatchSize %i sends lists of at most so many, and answers in order', async (size, expected) => {
      const { source, payloads } = sourceOf(double);
      const answers = await source.executeBatch(
        [0, 1, 2, 3, 4, 5, 6].map((each) => batched(each)),
        size,
      );
      expect(payloads).toEqual(expected);
      expect(answers).toEqual([0, 2, 4, 6, 8, 10, 12].map((result) => ({ result })));
    });

    test('leaves out malformed requests and lone invocations, which have their own answers', async () => {
      const { source, payloads } = sourceOf((given) => (Array.isArray(given) ? double(given) : 'alone'));
      const calls = [batched(1), call(null), call({ operation: 'Invoke', payload: 'x' }), batched(2)];
      const answers = await source.executeBatch(calls, 5);
      expect(answers).toMatchObject([
        { result: 2 },
        { error: { type: 'MappingTemplate' } },
        { result: 'alone' },
        { result: 4 },
      ]);
      expect(payloads).toEqual(['x', [1, 2]]);
    });

    test('fails together when the function fails, each list for itself', async () => {
      const source = new LambdaDataSource('Fn', (payload) =>
        Promise.resolve((payload as number[]).includes(1) ? failure('boom') : { ok: true, payload }),
      );
      const failed = { result: null, error: { type: 'Lambda:Unhandled', message: 'boom' } };
      const answers = await source.executeBatch(
        [1, 2, 3, 4].map((each) => batched(each)),
        2,
      );
      expect(answers).toEqual([failed, failed, { result: 3 }, { result: 4 }]);
    });

    test.each([
      ['a list of 1', [1]],
      ['OBJECT', { a: 1 }],
      ['NULL', null],
    ])('is an error where the function gives %s for two', async (given, payload) => {
      const { source } = sourceOf(() => payload);
      const error = {
        type: 'Lambda:IllegalArgument',
        message: `A batch of 2 must be answered with a list of as many results, in order; the function gave ${given}.`,
      };
      const answers = await source.executeBatch([batched(1), batched(2)]);
      expect(answers).toEqual([
        { result: null, error },
        { result: null, error },
      ]);
    });

    test('of type Event answers null at once, apart from those that wait', async () => {
      const { source, payloads } = sourceOf(double);
      const answers = await source.executeBatch([batched(1, { invocationType: 'Event' }), batched(2)], 5);
      expect(answers).toEqual([{ result: null }, { result: 4 }]);
      expect(payloads).toEqual([[2], [1]]);
    });

    test('of no calls invokes nothing', async () => {
      const { source, payloads } = sourceOf(double);
      expect(await source.executeBatch([])).toEqual([]);
      expect(payloads).toEqual([]);
    });
  });
});
