import { randomUUID } from 'node:crypto';
import type { InvocationResult } from '../invocation';
import type { StreamRecord } from './record';

export type DiscardReason = 'RetryAttemptsExhausted' | 'RecordAgeExpired';

/**
 * The document that Lambda sends to a mapping's failure destination: where the records stand in the
 * stream, never the records.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export interface DiscardMetadata {
  requestContext: {
    requestId: string;
    functionArn: string;
    condition: DiscardReason;
    approximateInvokeCount: number;
  };
  /** Of the last invocation; absent when there was none. `functionError` is null when the function answered with failed items. */
  responseContext?: { statusCode: 200; executedVersion: '$LATEST'; functionError: 'Unhandled' | null };
  version: '1.0';
  /** ISO 8601. */
  timestamp: string;
  DDBStreamBatchInfo: {
    shardId: string;
    startSequenceNumber: string;
    endSequenceNumber: string;
    approximateArrivalOfFirstRecord: string;
    approximateArrivalOfLastRecord: string;
    batchSize: number;
    streamArn: string;
  };
}

export interface Discard {
  /** At least one. */
  records: StreamRecord[];
  reason: DiscardReason;
  invocations: number;
  lastResult: InvocationResult | undefined;
}

export function discardMetadata(
  { records, reason, invocations, lastResult }: Discard,
  source: { shardId: string; streamArn: string; functionArn: string },
  now: Date,
): DiscardMetadata {
  const [first, last] = [records[0], records[records.length - 1]];
  if (!first || !last) {
    throw new Error('A discarded batch holds at least one record.');
  }
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: source.functionArn,
      condition: reason,
      approximateInvokeCount: invocations,
    },
    ...(lastResult && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: lastResult.ok ? null : 'Unhandled',
      },
    }),
    version: '1.0',
    timestamp: now.toISOString(),
    DDBStreamBatchInfo: {
      shardId: source.shardId,
      startSequenceNumber: first.sequenceNumber,
      endSequenceNumber: last.sequenceNumber,
      approximateArrivalOfFirstRecord: seconds(first.arrivedAt),
      approximateArrivalOfLastRecord: seconds(last.arrivedAt),
      batchSize: records.length,
      streamArn: source.streamArn,
    },
  };
}

/** ISO 8601 without the fraction that a stream's clock does not have. */
function seconds(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
