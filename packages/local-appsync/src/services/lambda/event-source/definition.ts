import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { InvocationResult } from '../invocation';
import type { Backoff } from './backoff';
import type { Bell } from '../../../shared/bell';
import type { CheckpointStore } from './checkpoint-store';
import type { DiscardMetadata } from './discard';

/** The resolved properties of an `AWS::Lambda::EventSourceMapping` on a DynamoDB stream. */
export interface StreamMappingDefinition {
  id: string;
  /** As the engine knows the stream. */
  streamArn: string;
  /** As the function's records and the documents of discarded batches name the stream. Default: `streamArn`. */
  eventSourceArn?: string;
  /** Named in the document of a discarded batch. */
  functionArn?: string;
  /** Records an invocation at most. */
  batchSize: number;
  /** How long a batch may wait to fill; 0 sends what is there. */
  maximumBatchingWindowSeconds: number;
  startingPosition: 'LATEST' | 'TRIM_HORIZON';
  /** Batches of one shard in flight at once; records of one item keep their order. */
  parallelizationFactor: number;
  /** −1: for ever. */
  maximumRetryAttempts: number;
  /** −1: for ever. */
  maximumRecordAgeSeconds: number;
  bisectBatchOnFunctionError: boolean;
  /** Whether FunctionResponseTypes holds `ReportBatchItemFailures`. */
  reportBatchItemFailures: boolean;
  /** `FilterCriteria.Filters[].Pattern`, JSON: a record that matches any of them is delivered. */
  filterPatterns: string[];
}

export interface StreamMappingDependencies {
  streams: DynamoDBStreamsClient;
  /** A rejection means that the function could not be invoked; it does not count as an attempt. */
  invoke: (payload: unknown) => Promise<InvocationResult>;
  checkpoints: CheckpointStore;
  /**
   * Receives Lambda's failure-destination document for each batch given up on. Until it resolves, the batch
   * does not count as handled: what cannot be parked is not lost.
   */
  onDiscard?: (metadata: DiscardMetadata) => Promise<void>;
  log?(line: string): void;
  /** Milliseconds until the next read of an idle shard. Default 50; AWS reads four times a second. */
  pollMs?: () => number;
  /** Rung when something may have been written to the table: idle shards are read at once. */
  hurry?: Bell;
  /** Between retries of a failed batch. */
  backoff?: Backoff;
  /** How long stop() waits for invocations in flight, in milliseconds. Default 5000. */
  stopGraceMs?: number;
}
