import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 5_000;

/**
 * Sends a batch, and what DynamoDB left of it again, until nothing is left: a table that is busy takes part of a batch. It
 * waits longer each time, as AWS asks for, and not for what others wait. Source:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html#Programming.Errors.BatchOperations
 */
export async function untilProcessed<T>(
  batch: T[],
  send: (left: T[]) => Promise<T[]>,
  wait: (ms: number) => Promise<unknown> = sleep,
): Promise<void> {
  let left = batch;
  for (let longest = FIRST_WAIT_MS; left.length > 0; longest = Math.min(LONGEST_WAIT_MS, longest * 2)) {
    left = await send(left);
    if (left.length > 0) {
      await wait(Math.random() * longest);
    }
  }
}
