import type { StreamMappingDefinition } from '../../../../src/services/lambda/event-source/definition';
import { deliver, type DeliveryEffects } from '../../../../src/services/lambda/event-source/delivery';
import type { InvocationResult } from '../../../../src/services/lambda/invocation';
import { invoked, mappingOf, record, recordsUpTo, sequencesOf } from './records';

function ok(payload: unknown = null): InvocationResult {
  return { ok: true, payload };
}

const error: InvocationResult = { ok: false, errorType: 'Error', errorMessage: 'no', trace: [] };

function failed(...sequences: number[]): InvocationResult {
  return ok({ batchItemFailures: sequences.map((sequence) => ({ itemIdentifier: String(sequence) })) });
}

type Function = (sequences: number[], attempt: number) => InvocationResult | Error;

/** Delivers the records 1 to n; tells what happened, in order. */
async function delivering(
  n: number,
  definition: Partial<StreamMappingDefinition>,
  respond: Function,
  effects: Partial<DeliveryEffects> = {},
): Promise<string[]> {
  const story: string[] = [];
  let attempt = 0;
  await deliver(recordsUpTo(n), mappingOf(definition), {
    invoke: (payload) => {
      story.push(`invoke ${invoked(payload).join(' ')}`);
      const answer = respond(invoked(payload), ++attempt);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    discard: ({ records, reason, invocations, lastResult }) => {
      story.push(
        `discard ${sequencesOf(records).join(' ')}: ${reason} after ${invocations}, ${lastResult?.ok ?? 'none'}`,
      );
      return Promise.resolve(true);
    },
    handled: (records) => {
      story.push(`handled ${sequencesOf(records).join(' ')}`);
      return Promise.resolve();
    },
    log: (line) => story.push(line),
    backoff: (retry) => {
      story.push(`wait ${retry}`);
      return 0;
    },
    signal: new AbortController().signal,
    now: () => 0,
    ...effects,
  });
  return story;
}

test('a batch that succeeds is handled at once', async () => {
  expect(await delivering(3, {}, () => ok())).toEqual(['invoke 1 2 3', 'handled 1 2 3']);
});

test('a batch that fails is retried after a growing wait', async () => {
  const story = await delivering(2, {}, (_, attempt) => (attempt < 3 ? error : ok()));
  expect(story).toEqual(['invoke 1 2', 'wait 1', 'invoke 1 2', 'wait 2', 'invoke 1 2', 'handled 1 2']);
});

test('a batch whose retries are used up is discarded, and that handles it', async () => {
  expect(await delivering(2, { maximumRetryAttempts: 1 }, () => error)).toEqual([
    'invoke 1 2',
    'wait 1',
    'invoke 1 2',
    'discard 1 2: RetryAttemptsExhausted after 2, false',
    'handled 1 2',
  ]);
});

test('a batch is retried from its lowest failed record', async () => {
  const definition = { reportBatchItemFailures: true, maximumRetryAttempts: 0 };
  const story = await delivering(4, definition, (_, attempt) => (attempt === 1 ? failed(4, 3) : ok()));
  expect(story).toEqual(['invoke 1 2 3 4', 'handled 1 2', 'invoke 3 4', 'handled 3 4']);
});

test('failed records mean nothing to a mapping that did not ask for them', async () => {
  expect(await delivering(2, {}, () => failed(1))).toEqual(['invoke 1 2', 'handled 1 2']);
});

test('bisecting isolates the record that fails, and only that is discarded', async () => {
  const definition = { bisectBatchOnFunctionError: true, maximumRetryAttempts: 0 };
  expect(await delivering(4, definition, (sequences) => (sequences.includes(2) ? error : ok()))).toEqual([
    'invoke 1 2 3 4',
    'invoke 1 2',
    'invoke 1',
    'handled 1',
    'invoke 2',
    'discard 2: RetryAttemptsExhausted after 3, false',
    'handled 2',
    'invoke 3 4',
    'handled 3 4',
  ]);
});

test('bisecting isolates a record that is reported as failed, too', async () => {
  const definition = { bisectBatchOnFunctionError: true, reportBatchItemFailures: true, maximumRetryAttempts: 0 };
  const respond: Function = (sequences) => (sequences.includes(2) ? failed(2) : ok());
  expect(await delivering(4, definition, respond)).toEqual([
    'invoke 1 2 3 4',
    'handled 1',
    'invoke 2 3 4',
    'invoke 2 3',
    'invoke 2',
    'discard 2: RetryAttemptsExhausted after 4, true',
    'handled 2',
    'invoke 3',
    'handled 3',
    'invoke 4',
    'handled 4',
  ]);
});

test('a function that cannot be invoked is tried again without using up a retry', async () => {
  const story = await delivering(1, { maximumRetryAttempts: 0 }, (_, attempt) =>
    attempt < 3 ? new Error('throttled') : ok(),
  );
  expect(story).toEqual([
    'invoke 1',
    'The function cannot be invoked, trying again: Error: throttled',
    'wait 1',
    'invoke 1',
    'wait 2',
    'invoke 1',
    'handled 1',
  ]);
});

test('records that are too old are discarded before they are sent, and the younger ones go on', async () => {
  const story: string[] = [];
  const records = [record(1, 'a', new Date(0)), record(2, 'a', new Date(5000))];
  await deliver(records, mappingOf({ maximumRecordAgeSeconds: 60 }), {
    invoke: (payload) => Promise.resolve(ok(story.push(`invoke ${invoked(payload).join(' ')}`))),
    discard: ({ records: old, reason, lastResult }) =>
      Promise.resolve(story.push(`discard ${sequencesOf(old).join(' ')}: ${reason}, ${lastResult?.ok ?? 'none'}`) > 0),
    handled: (done) => Promise.resolve(void story.push(`handled ${sequencesOf(done).join(' ')}`)),
    log: () => undefined,
    backoff: () => 0,
    signal: new AbortController().signal,
    now: () => 62_000,
  });
  expect(story).toEqual(['discard 1: RecordAgeExpired, none', 'handled 1', 'invoke 2', 'handled 2']);
});

test('records grow too old between retries', async () => {
  let now = 0;
  const definition = { maximumRecordAgeSeconds: 60 };
  const respond: Function = () => {
    now += 40_000;
    return error;
  };
  expect(await delivering(1, definition, respond, { now: () => now })).toEqual([
    'invoke 1',
    'wait 1',
    'invoke 1',
    'wait 2',
    'discard 1: RecordAgeExpired after 2, false',
    'handled 1',
  ]);
});

test('stopping hears the invocation in flight and sends nothing more', async () => {
  const stopping = new AbortController();
  const respond: Function = () => {
    stopping.abort();
    return failed(3);
  };
  const definition = { reportBatchItemFailures: true };
  const story = await delivering(4, definition, respond, { signal: stopping.signal });
  expect(story).toEqual(['invoke 1 2 3 4', 'handled 1 2']);
});

test('what could not be parked before the stop is not handled', async () => {
  const story = await delivering(1, { maximumRetryAttempts: 0 }, () => error, {
    discard: () => Promise.resolve(false),
  });
  expect(story).toEqual(['invoke 1']);
});
