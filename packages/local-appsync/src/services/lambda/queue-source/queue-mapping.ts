import { Bell } from '../../../shared/bell';
import { pause } from '../../../shared/pause';
import type { Queue, Received } from '../../sqs/queue';
import type { InvocationResult } from '../invocation';
import { queueRecord } from './queue-record';
import { failedMessages } from './queue-response';

/** As many batches at once as Lambda begins with. */
const BATCHES_AT_A_TIME = 5;
/** Of a look at an empty queue: the longest that SQS allows. */
const WAIT_SECONDS = 20;
/** After an invocation that could not be made. */
const RETRY_MS = 1000;

export interface QueueMappingDefinition {
  id: string;
  batchSize: number;
  reportBatchItemFailures: boolean;
}

export interface QueueMappingDependencies {
  queue: Queue;
  invoke(payload: unknown): Promise<InvocationResult>;
  log(line: string): void;
  stopGraceMs?: number;
}

/**
 * An event source mapping from a queue to a function, run as Lambda runs it: messages are deleted once the function has
 * taken them; the others come back when the queue makes them visible again, or go to the queue's own dead letters.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export class QueueMapping {
  private readonly stopping = new AbortController();
  private readonly delivered = new Bell();
  private inFlight = 0;
  private pollers: Promise<void>[] = [];

  constructor(
    private readonly definition: QueueMappingDefinition,
    private readonly dependencies: QueueMappingDependencies,
  ) {}

  start(): Promise<void> {
    this.pollers = Array.from({ length: BATCHES_AT_A_TIME }, () => this.poll());
    return Promise.resolve();
  }

  /** Resolves once no message is visible, and none is being worked on. */
  async caughtUp(): Promise<void> {
    while (!this.stopping.signal.aborted && (this.inFlight > 0 || this.dependencies.queue.counts().visible > 0)) {
      await this.delivered.next;
    }
  }

  /** Lets the invocations in flight end, for a bounded time. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.delivered.ring();
    const grace = new AbortController();
    const ended = Promise.all(this.pollers);
    await Promise.race([ended, pause(this.dependencies.stopGraceMs ?? 5000, grace.signal)]);
    grace.abort();
  }

  private async poll(): Promise<void> {
    const { queue, log } = this.dependencies;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const batch = await queue.receiveWithin(WAIT_SECONDS, this.definition.batchSize, undefined, signal);
      if (batch.length === 0) {
        continue;
      }
      this.inFlight += 1;
      try {
        await this.deliver(batch);
      } catch (error) {
        // What was received comes back by itself.
        log(`The function cannot be invoked, trying again: ${String(error)}`);
        await pause(RETRY_MS, signal);
      } finally {
        this.inFlight -= 1;
        this.delivered.ring();
      }
    }
  }

  private async deliver(batch: Received[]): Promise<void> {
    const { queue, invoke } = this.dependencies;
    const result = await invoke({ Records: batch.map((received) => queueRecord(received, queue.arn)) });
    const ids = batch.map(({ message }) => message.id);
    const failed = result.ok
      ? this.definition.reportBatchItemFailures
        ? failedMessages(result.payload, ids)
        : []
      : ids;
    for (const { message, receiptHandle } of batch) {
      if (!failed.includes(message.id)) {
        queue.delete(receiptHandle);
      }
    }
  }
}
