import { tookEffect } from './effects';

/** `typeof x.method` */
export function typeOfMember(place: number, type: string): string {
  return type === 'function' && tookEffect('A5', place) ? 'undefined' : type;
}
