import { tookEffect } from './effects';

/** The left side of `??`, before the right one is evaluated whatever it is. */
export const given = (place: number, value: unknown): unknown => {
  if ((value ?? null) !== null) tookEffect('A3', place);
  return value;
};

export const either = (_place: number, value: unknown, otherwise: unknown): unknown => value ?? otherwise;
