import type { StreamRecord } from './record';
import { isRecord } from '../../../shared/is-record';

/**
 * Reads what a function answered under `ReportBatchItemFailures`: the index of the first record that
 * failed, or nothing when all succeeded.
 *
 * Lambda's documentation names as complete success an empty or null response and an empty or null
 * `batchItemFailures` list, and as complete failure an `itemIdentifier` that is empty, null or under a wrong
 * key; "all other results" it calls a complete failure. So an identifier that is not in the batch, a list
 * that is no list and an answer that is no object fail the batch, and an object without the list does not.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function firstFailure(response: unknown, records: StreamRecord[]): number | undefined {
  if (response === undefined || response === null || response === '') {
    return undefined;
  }
  if (!isRecord(response)) {
    return 0;
  }
  const failures = response.batchItemFailures;
  if (failures === undefined || failures === null) {
    return undefined;
  }
  if (!Array.isArray(failures)) {
    return 0;
  }
  if (failures.length === 0) {
    return undefined;
  }

  const indexes = failures.map((failure: unknown) =>
    records.findIndex((record) => isRecord(failure) && record.sequenceNumber === failure.itemIdentifier),
  );
  return Math.max(0, Math.min(...indexes));
}
