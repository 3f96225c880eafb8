import { tookEffect } from './effects';

/** `return x += y` */
export const lost = (place: number, _value: unknown): void => void tookEffect('A4', place);
