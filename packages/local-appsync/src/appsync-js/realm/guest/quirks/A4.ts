import { tookEffect } from './effects';

/** `return x += y` */
export function lost(place: number, _value: unknown): void {
  return void tookEffect('A4', place);
}
