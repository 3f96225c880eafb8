import { tookEffect } from './effects';

/** `typeof x.method` */
export const typeOfMember = (place: number, type: string): string =>
  type === 'function' && tookEffect('A5', place) ? 'undefined' : type;
