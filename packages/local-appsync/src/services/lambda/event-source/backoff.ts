/** How long to wait, in milliseconds, before the n-th retry in a row (from 1). */
export type Backoff = (retry: number) => number;

/** Doubles from `firstMs` up to `capMs`. */
export function exponential(firstMs: number, capMs: number): Backoff {
  return (retry) => Math.min(capMs, firstMs * 2 ** Math.min(retry - 1, 30));
}
