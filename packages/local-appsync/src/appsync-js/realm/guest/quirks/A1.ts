import { tookEffect } from './effects';
import { isStored, sameStored } from './N1';

/** `a === b` where null and undefined are one, and DynamoDB's numbers are equal to none (N2). */
export function equal(place: number, a: unknown, b: unknown): boolean {
  if (isStored(a) || isStored(b)) {
    if (sameStored(a, b)) {
      tookEffect('N2', place);
    }
    return false;
  }
  return a === b || ((a ?? null) === (b ?? null) && tookEffect('A1', place));
}

/** What `switch` compares: `named` is the one of null and undefined that a case asks for. */
export function switched(place: number, named: null | undefined, value: unknown): unknown {
  if ((value ?? null) !== null || value === named) {
    return value;
  }
  tookEffect('A1', place);
  return named;
}
