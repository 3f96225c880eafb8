import { tookEffect } from './effects';

/** `a?.b` that stands before a further step: the step is taken whether `a` is there or not. */
export function cut(place: number, value: unknown): unknown {
  if ((value ?? null) === null) {
    tookEffect('A9', place);
  }
  return value;
}
