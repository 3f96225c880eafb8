import { applies } from './applied';
import { dependsOn, tookEffect } from './effects';

const MOST = 1000;

type Callback = (...args: unknown[]) => unknown;
type Method = (this: unknown[], callback: Callback, ...rest: unknown[]) => unknown;

/** Array methods that go over their list from the left. */
const METHODS = ['forEach', 'map', 'flatMap', 'filter', 'reduce', 'find', 'some', 'every', 'findIndex'] as const;

// What resolver code handed over last: its call follows at once, and the guest's own calls hand over other functions.
let handed: Callback | undefined;
let handedAt = 0;

/** A callback on its way into an array method. */
export function handOver(place: number, callback: Callback): Callback {
  handed = callback;
  handedAt = place;
  return callback;
}

/** Array methods that stop after 1,000 elements when resolver code calls them. */
export function limitArrayMethods(): void {
  if (!applies('L1')) {
    return;
  }
  for (const name of METHODS) {
    const method = Array.prototype[name] as Method;
    const limited = function (this: unknown[], ...given: Parameters<Method>): unknown {
      const isLimited = this.length > MOST && given[0] === handed && tookEffect('L1', handedAt);
      return method.apply(isLimited ? this.slice(0, MOST) : this, given);
    };
    Object.defineProperty(Array.prototype, name, { value: limited, writable: false });
  }
}

/** Goes over what the list holds at first (L2), up to 1,000 elements. */
function* bounded<T>(place: number, list: ArrayLike<T>): Generator<T> {
  const { length } = list;
  const end = applies('L1') ? Math.min(length, MOST) : length;
  for (let i = 0; i < end && i < list.length; i += 1) {
    yield list[i] as T;
  }
  if (end < length) {
    tookEffect('L1', place);
  } else if (list.length > length) {
    tookEffect('L2', place);
  }
}

/**
 * What `for…of` goes over.
 * @param text of the expression, as messages name it
 * @param grows whether the body may append to the list
 */
export function visited(place: number, text: string, grows: boolean, value: unknown): Iterable<unknown> {
  if (typeof value === 'string' && !(applies('L6') && tookEffect('L6', place))) {
    dependsOn('L6', place);
    return value.length > MOST ? bounded(place, [...value]) : value;
  }
  if (!Array.isArray(value)) {
    throw new TypeError(`${text} is not iterable`);
  }
  return grows || value.length > MOST ? bounded<unknown>(place, value) : value;
}
