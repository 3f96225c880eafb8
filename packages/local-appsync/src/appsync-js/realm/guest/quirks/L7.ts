import { tookEffect } from './effects';

/** What `return` would have returned, had it not ended a loop alone. */
export const notReturned = (place: number, _value?: unknown): void => void tookEffect('L7', place);
