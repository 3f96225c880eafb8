import { tookEffect } from './effects';
import { plain } from './N1';

/** An index in brackets. */
export function index(place: number, at: unknown): unknown {
  const key = plain(at);
  if (typeof key === 'number' && key < 0) {
    tookEffect('A11', place);
    throw new RangeError(`Index ${key} out of bounds`);
  }
  return key;
}
