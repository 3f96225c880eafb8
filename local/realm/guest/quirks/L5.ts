import { tookEffect } from './effects';

type Callback = (...args: unknown[]) => unknown;

/** An arrow function on its way into an array method. */
export const arrow =
  (place: number, callback: Callback): Callback =>
  () => {
    if (callback.length > 0) tookEffect('L5', place);
    return callback();
  };
