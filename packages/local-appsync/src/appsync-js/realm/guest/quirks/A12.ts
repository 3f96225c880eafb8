import { tookEffect } from './effects';

/** What a property is set to. */
export const settled = (place: number, value: unknown): unknown =>
  value === undefined && tookEffect('A12', place) ? null : value;
