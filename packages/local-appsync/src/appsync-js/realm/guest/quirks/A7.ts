import { applies } from './applied';
import { tookEffect, tookEffectInHelper } from './effects';
import { state } from '../evaluation-state';
import { isRecord } from '../../../../shared/is-record';

/** Keys as Java's maps order them may differ from JavaScript's; two are enough to show who relies on it. */
function reordered<T>(members: T[]): T[] {
  return members.length === 2 ? members.reverse() : members;
}

/** Object.keys, .values, .entries: nothing of the caller's identity (A8). */
function members<T>(read: (object: object) => T[]) {
  return (place: number, object: object): T[] => {
    const all = read(object);
    if (all.length > 0 && object === state().identity) {
      tookEffect('A8', place);
      return [];
    }
    if (all.length === 2 && isRecord(object)) {
      tookEffect('A7', place);
    }
    return isRecord(object) ? reordered(all) : all;
  };
}

export const keys = members<string>(Object.keys);
export const values = members<unknown>(Object.values);
export const entries = members<[string, unknown]>(Object.entries);

function deeplyReordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(deeplyReordered);
  }
  if (!isRecord(value) || typeof value['toJSON'] === 'function') {
    return value;
  }
  return Object.fromEntries(
    reordered(Object.entries(value)).map(([name, member]): [string, unknown] => [name, deeplyReordered(member)]),
  );
}

const { stringify: toJson } = JSON;

export function stringify(place: number, value: unknown, replacer: null, space: string | number): string {
  const text = toJson(deeplyReordered(value), replacer, space);
  if (text !== toJson(value, replacer, space)) {
    tookEffect('A7', place);
  }
  return text;
}

/** What util.dynamodb.toMapValues gives. */
export function reorderedMap<T>(map: Record<string, T>): Record<string, T> {
  const all = Object.entries(map);
  return applies('A7') && all.length === 2 && tookEffectInHelper('A7') ? Object.fromEntries(reordered(all)) : map;
}
