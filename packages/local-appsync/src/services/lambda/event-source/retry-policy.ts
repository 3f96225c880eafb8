import type { StreamMappingDefinition } from './definition';
import type { StreamRecord } from './record';

export type RetryPolicy = Pick<StreamMappingDefinition, 'maximumRetryAttempts' | 'bisectBatchOnFunctionError'>;

/** Records to be handled by one invocation, and how often that was tried. */
export interface Batch {
  records: StreamRecord[];
  /** Invocations that failed at the first record of this batch, not counting those that only led to a split. */
  retries: number;
  /** Invocations that this batch was part of. */
  invocations: number;
}

/** What to do with a batch after an invocation. The parts are in order and make up the batch. */
export interface Verdict {
  acknowledged: StreamRecord[];
  discarded: StreamRecord[];
  next: Batch[];
}

export function firstTry(records: StreamRecord[]): Batch {
  return { records, retries: 0, invocations: 0 };
}

export function allHandled(batch: Batch): Verdict {
  return { acknowledged: batch.records, discarded: [], next: [] };
}

/**
 * Decides what follows a failure at the record with index `failedAt` (0: the whole batch).
 * Records before it are done and the rest is a new batch with its retries before it. A batch that fails as
 * a whole is halved if the mapping bisects, which does not count as a retry; else it is retried until its
 * retries are used up, and then discarded.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export function afterFailure(batch: Batch, failedAt: number, policy: RetryPolicy): Verdict {
  const acknowledged = batch.records.slice(0, failedAt);
  const records = batch.records.slice(failedAt);
  const invocations = batch.invocations + 1;
  if (failedAt > 0) {
    return { acknowledged, discarded: [], next: [{ records, retries: 0, invocations }] };
  }

  if (policy.bisectBatchOnFunctionError && records.length > 1) {
    const half = Math.ceil(records.length / 2);
    const halves = [records.slice(0, half), records.slice(half)];
    return {
      acknowledged,
      discarded: [],
      next: halves.map((part) => ({ records: part, retries: batch.retries, invocations })),
    };
  }

  const exhausted = policy.maximumRetryAttempts >= 0 && batch.retries >= policy.maximumRetryAttempts;
  return exhausted
    ? { acknowledged, discarded: records, next: [] }
    : { acknowledged, discarded: [], next: [{ records, retries: batch.retries + 1, invocations }] };
}

/** Splits off the leading records that are older than the mapping allows (−1: none is). */
export function splitByAge(
  records: StreamRecord[],
  maximumAgeSeconds: number,
  now: number,
): { expired: StreamRecord[]; young: StreamRecord[] } {
  if (maximumAgeSeconds < 0) {
    return { expired: [], young: records };
  }
  const oldest = now - maximumAgeSeconds * 1000;
  const firstYoung = records.findIndex((record) => record.arrivedAt >= oldest);
  const cut = firstYoung < 0 ? records.length : firstYoung;
  return { expired: records.slice(0, cut), young: records.slice(cut) };
}
