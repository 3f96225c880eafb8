import { isDeepStrictEqual } from 'node:util';
import type { Evaluation } from 'local-appsync/appsync-js';

/** What both sides tell of an evaluation. EvaluateCode tells of an early return by its value, of an error its words. */
export interface Result {
  value: unknown;
  error: { message: string } | undefined;
  stash: unknown;
}

/** The code was not run: what is wrong with it, with the places. */
export interface Refusal {
  refused: string[];
}

/** What came of having code evaluated. */
export type Evaluated = Result | Refusal;

export function resultOf({ outcome, stash }: Evaluation): Result {
  return outcome.kind === 'error'
    ? { value: undefined, error: { message: outcome.error.message }, stash }
    : { value: outcome.value ?? null, error: undefined, stash };
}

/** Whether two evaluations came to the same, but for ids and times that each made for itself just now. */
export function same(a: Evaluated, b: Evaluated, now = Date.now()): boolean {
  return isDeepStrictEqual(settled(a, now), settled(b, now));
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const JUST_NOW_MS = 5 * 60_000;

function settled(value: unknown, now: number): unknown {
  if (typeof value === 'string') {
    const isNow = TIME.test(value) && Math.abs(Date.parse(value) - now) < JUST_NOW_MS;
    return isNow ? '<now>' : ID.test(value) ? '<an id>' : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => settled(item, now));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, settled(item, now)]))
    : value;
}
