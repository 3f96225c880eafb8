import { isRecord } from '../../../shared/is-record';

/**
 * Which messages of a batch failed, by what the function answered under `ReportBatchItemFailures`. An empty or null
 * answer or list is complete success; an id that is empty, null, under a wrong key or of no message is complete failure.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function failedMessages(response: unknown, ids: string[]): string[] {
  if (response === undefined || response === null || response === '') {
    return [];
  }
  if (!isRecord(response)) {
    return ids;
  }
  const failures = response.batchItemFailures ?? [];
  if (!Array.isArray(failures)) {
    return ids;
  }
  const failed = failures.map((failure: unknown) => (isRecord(failure) ? failure.itemIdentifier : undefined));
  const areKnown = failed.every((id) => ids.includes(id as string));
  return areKnown ? (failed as string[]) : ids;
}
