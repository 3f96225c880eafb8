import type { InvocationResult } from '../invocation';
import type { Backoff } from './backoff';
import { firstFailure } from './batch-response';
import type { StreamMappingDefinition } from './definition';
import type { Discard } from './discard';
import { pause } from '../../../shared/pause';
import type { StreamRecord } from './record';
import { afterFailure, allHandled, type Batch, firstTry, splitByAge, type Verdict } from './retry-policy';

export interface DeliveryEffects {
  invoke(payload: unknown): Promise<InvocationResult>;
  /** Resolves to whether the records have been given up: not if the signal aborts first. */
  discard(discard: Discard): Promise<boolean>;
  /** The records are done, with success or by being discarded; resolves when that is remembered. */
  handled(records: StreamRecord[]): Promise<void>;
  log(line: string): void;
  backoff: Backoff;
  signal: AbortSignal;
  now(): number;
}

/**
 * Delivers records, in order, until each is handled: acknowledged by the function or discarded. Returns
 * early, with the rest open, when the signal aborts; an invocation in flight is heard to its end first.
 */
export async function deliver(
  records: StreamRecord[],
  definition: StreamMappingDefinition,
  effects: DeliveryEffects,
): Promise<void> {
  let work: Batch[] = [firstTry(records)];
  let lastResult: InvocationResult | undefined;
  let unreachable = 0;

  for (let batch = work.shift(); batch; batch = work.shift()) {
    const retry = Math.max(batch.retries, unreachable);
    if (retry > 0) {
      await pause(effects.backoff(retry), effects.signal);
    }
    if (effects.signal.aborted) {
      return;
    }

    const { expired, young } = splitByAge(batch.records, definition.maximumRecordAgeSeconds, effects.now());
    if (expired.length > 0) {
      await discard({ records: expired, reason: 'RecordAgeExpired', invocations: batch.invocations, lastResult });
      if (young.length > 0) {
        work.unshift({ ...batch, records: young });
      }
      continue;
    }

    let result: InvocationResult;
    try {
      result = await effects.invoke({ Records: batch.records.map((record) => record.event) });
    } catch (error) {
      // Not invoked, so not attempted: tried again until it can be or the records are too old.
      unreachable += 1;
      if (unreachable === 1) {
        effects.log(`The function cannot be invoked, trying again: ${String(error)}`);
      }
      work.unshift(batch);
      continue;
    }
    unreachable = 0;
    lastResult = result;

    const verdict = judge(batch, result, definition);
    if (verdict.acknowledged.length > 0) {
      await effects.handled(verdict.acknowledged);
    }
    if (verdict.discarded.length > 0) {
      const invocations = batch.invocations + 1;
      await discard({ records: verdict.discarded, reason: 'RetryAttemptsExhausted', invocations, lastResult });
    }
    work = [...verdict.next, ...work];
  }

  async function discard(discarded: Discard): Promise<void> {
    if (await effects.discard(discarded)) {
      await effects.handled(discarded.records);
    }
  }
}

function judge(batch: Batch, result: InvocationResult, definition: StreamMappingDefinition): Verdict {
  if (!result.ok) {
    return afterFailure(batch, 0, definition);
  }
  if (!definition.reportBatchItemFailures) {
    return allHandled(batch);
  }
  const failedAt = firstFailure(result.payload, batch.records);
  return failedAt === undefined ? allHandled(batch) : afterFailure(batch, failedAt, definition);
}
