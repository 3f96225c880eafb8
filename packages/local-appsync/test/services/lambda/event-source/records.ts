import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import type { StreamMappingDefinition } from '../../../../src/services/lambda/event-source/definition';
import { type StreamRecord, toStreamRecord } from '../../../../src/services/lambda/event-source/record';

export const STREAM = 'arn:aws:dynamodb:eu-central-1:000000000000:table/things/stream/2026-01-01T00:00:00.000';

/** A record as the Streams API gives it. */
export function rawRecord(sequence: number, id = 'a', createdAt = new Date(0)): _Record {
  return {
    eventID: `event-${sequence}`,
    eventName: 'INSERT',
    eventVersion: '1.1',
    dynamodb: {
      ApproximateCreationDateTime: createdAt,
      Keys: { id: { S: id } },
      NewImage: { id: { S: id }, sequence: { N: String(sequence) } },
      SequenceNumber: String(sequence),
      SizeBytes: 10,
      StreamViewType: 'NEW_IMAGE',
    },
  };
}

export function record(sequence: number, id = 'a', createdAt = new Date(0)): StreamRecord {
  return toStreamRecord(rawRecord(sequence, id, createdAt), STREAM);
}

/** Records with the sequence numbers 1 to n. */
export function recordsUpTo(n: number): StreamRecord[] {
  return Array.from({ length: n }, (_, i) => record(i + 1));
}

export function sequencesOf(records: StreamRecord[]): number[] {
  return records.map((each) => Number(each.sequenceNumber));
}

/** The sequence numbers in an invocation's payload. */
export function invoked(payload: unknown): number[] {
  return (payload as { Records: StreamRecord['event'][] }).Records.map((each) => Number(each.dynamodb.SequenceNumber));
}

export function mappingOf(changes: Partial<StreamMappingDefinition> = {}): StreamMappingDefinition {
  return {
    id: 'mapping',
    streamArn: STREAM,
    functionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:handles',
    batchSize: 10,
    maximumBatchingWindowSeconds: 0,
    startingPosition: 'TRIM_HORIZON',
    parallelizationFactor: 1,
    maximumRetryAttempts: -1,
    maximumRecordAgeSeconds: -1,
    bisectBatchOnFunctionError: false,
    reportBatchItemFailures: false,
    filterPatterns: [],
    ...changes,
  };
}
