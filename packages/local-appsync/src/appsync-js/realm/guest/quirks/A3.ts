import { tookEffect } from './effects';

/** The left side of `??`, before the right one is evaluated whatever it is. */
export function given(place: number, value: unknown): unknown {
  if ((value ?? null) !== null) {
    tookEffect('A3', place);
  }
  return value;
}

export function either(_place: number, value: unknown, otherwise: unknown): unknown {
  return value ?? otherwise;
}
