import fc from 'fast-check';
import { exponential } from '../../../../src/services/lambda/event-source/backoff';
import {
  afterFailure,
  firstTry,
  type RetryPolicy,
  splitByAge,
} from '../../../../src/services/lambda/event-source/retry-policy';
import { record, recordsUpTo, sequencesOf } from './records';

function policy(changes: Partial<RetryPolicy> = {}): RetryPolicy {
  return {
    maximumRetryAttempts: 2,
    bisectBatchOnFunctionError: false,
    ...changes,
  };
}

test('a batch that fails is retried as a whole until its retries are used up, then discarded', () => {
  let batch = firstTry(recordsUpTo(3));
  for (const retries of [1, 2]) {
    const { acknowledged, discarded, next } = afterFailure(batch, 0, policy());
    expect([acknowledged, discarded]).toEqual([[], []]);
    expect(next).toEqual([{ records: batch.records, retries, invocations: retries }]);
    batch = next[0]!;
  }
  expect(afterFailure(batch, 0, policy())).toEqual({ acknowledged: [], discarded: batch.records, next: [] });
});

test('without a bound it is retried for ever', () => {
  const batch = { ...firstTry(recordsUpTo(1)), retries: 1_000_000 };
  expect(afterFailure(batch, 0, policy({ maximumRetryAttempts: -1 })).next).toHaveLength(1);
});

test('what came before the failed record is done, and the rest has all its retries', () => {
  const batch = { ...firstTry(recordsUpTo(5)), retries: 2 };
  const { acknowledged, discarded, next } = afterFailure(batch, 3, policy());
  expect(sequencesOf(acknowledged)).toEqual([1, 2, 3]);
  expect(discarded).toEqual([]);
  expect(next.map(({ records, retries }) => [sequencesOf(records), retries])).toEqual([[[4, 5], 0]]);
});

test('bisecting halves a batch without using up a retry, down to single records', () => {
  const bisects = policy({ bisectBatchOnFunctionError: true, maximumRetryAttempts: 0 });
  const { next, discarded } = afterFailure(firstTry(recordsUpTo(3)), 0, bisects);
  expect(discarded).toEqual([]);
  expect(next.map(({ records, retries }) => [sequencesOf(records), retries])).toEqual([
    [[1, 2], 0],
    [[3], 0],
  ]);
  expect(sequencesOf(afterFailure(next[1]!, 0, bisects).discarded)).toEqual([3]);
});

test('a verdict is about every record of its batch once, in order', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }).chain((n) => fc.record({ n: fc.constant(n), failedAt: fc.nat(n - 1) })),
      fc.nat(3),
      fc.record({ maximumRetryAttempts: fc.integer({ min: -1, max: 3 }), bisectBatchOnFunctionError: fc.boolean() }),
      ({ n, failedAt }, retries, anyPolicy) => {
        const verdict = afterFailure({ records: recordsUpTo(n), retries, invocations: retries }, failedAt, anyPolicy);
        const parts = [verdict.acknowledged, verdict.discarded, ...verdict.next.map((batch) => batch.records)];
        expect(sequencesOf(parts.flat())).toEqual(sequencesOf(recordsUpTo(n)));
      },
    ),
  );
});

test('records older than the mapping allows are split off the front', () => {
  const records = [0, 1000, 2000].map((ms, i) => record(i + 1, 'a', new Date(ms)));
  const split = (maximumAge: number, now: number): number[][] => {
    const { expired, young } = splitByAge(records, maximumAge, now);
    return [sequencesOf(expired), sequencesOf(young)];
  };
  expect(split(-1, 1e12)).toEqual([[], [1, 2, 3]]);
  expect(split(60, 60_000)).toEqual([[], [1, 2, 3]]);
  expect(split(60, 61_500)).toEqual([[1, 2], [3]]);
  expect(split(60, 1e12)).toEqual([[1, 2, 3], []]);
});

test('waiting doubles up to a bound', () => {
  expect([1, 2, 3, 4, 5, 1000].map(exponential(100, 1000))).toEqual([100, 200, 400, 800, 1000, 1000]);
});
