import type { StreamRecord } from './record';

/** The lane, from 0, that an item's records always take. FNV-1a: short, and spreads like keys well. */
export function laneOf(itemKey: string, lanes: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < itemKey.length; i++) {
    hash = Math.imul(hash ^ itemKey.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0) % lanes;
}

/** An invocation's payload may have 6 MB; the rest is for what is around the records. */
export const MAX_BATCH_BYTES = 6_000_000;

/** How many records from the front of a queue make up the next batch: at least one, if there is one. */
export function batchLength(queue: StreamRecord[], batchSize: number): number {
  let bytes = 0;
  const most = Math.min(queue.length, batchSize);
  for (let length = 0; length < most; length++) {
    bytes += queue[length]?.bytes ?? 0;
    if (bytes > MAX_BATCH_BYTES && length > 0) {
      return length;
    }
  }
  return most;
}
