import { tookEffect } from './effects';

/** What a property is set to. */
export function settled(place: number, value: unknown): unknown {
  return value === undefined && tookEffect('A12', place) ? null : value;
}
