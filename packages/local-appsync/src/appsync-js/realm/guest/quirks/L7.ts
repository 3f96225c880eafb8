import { tookEffect } from './effects';

/** What `return` would have returned, had it not ended a loop alone. */
export function notReturned(place: number, _value?: unknown): void {
  return void tookEffect('L7', place);
}
