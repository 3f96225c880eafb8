import { applies } from './applied';
import { dependsOn, tookEffect } from './effects';

/** A number out of DynamoDB: a number in every way but that its text is "null". */
class StoredNumber {
  // eslint-disable-next-line no-restricted-syntax -- Resolver code sees this object: a property would show in Object.keys.
  readonly #value: number;

  constructor(value: number) {
    this.#value = value;
  }

  valueOf(): number {
    return this.#value;
  }

  toJSON(): number {
    return this.#value;
  }

  [Symbol.toPrimitive](hint: string): number | string {
    return hint === 'string' ? 'null' : this.#value;
  }
}
Object.freeze(StoredNumber.prototype);

export function isStored(value: unknown): boolean {
  return value instanceof StoredNumber;
}

/** The number itself. */
export function plain(value: unknown): unknown {
  return value instanceof StoredNumber ? value.valueOf() : value;
}

/** Two numbers of the same value, of which at least one is DynamoDB's: JavaScript would call them equal. */
export function sameStored(a: unknown, b: unknown): boolean {
  return plain(a) === plain(b);
}

/** Every number within becomes DynamoDB's, in place. */
export function stored(value: unknown): unknown {
  if (typeof value === 'number') {
    return new StoredNumber(value);
  }
  if (typeof value === 'object' && value !== null) {
    const members = value as Record<string, unknown>;
    for (const name of Object.keys(members)) {
      members[name] = stored(members[name]);
    }
  }
  return value;
}

/** The same without DynamoDB's numbers: what is free of them stays the object that it is. */
function deeplyPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof StoredNumber) {
    return plain(value);
  }
  if (Array.isArray(value)) {
    const items = value.map(deeplyPlain);
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  const given = Object.entries(value);
  const members = given.map(([name, member]): [string, unknown] => [name, deeplyPlain(member)]);
  return members.some(([, member], i) => member !== given[i]?.[1]) ? Object.fromEntries(members) : value;
}

/** Helpers that take DynamoDB's numbers for numbers: all of AppSync's do. */
export function withPlainArguments<T>(helpers: T): T {
  if (!applies('N1')) {
    return helpers;
  }
  const wrap = (helper: unknown): unknown => {
    if (typeof helper === 'function') {
      return (...args: unknown[]): unknown => (helper as (...args: unknown[]) => unknown)(...args.map(deeplyPlain));
    }
    if (typeof helper !== 'object' || helper === null) {
      return helper;
    }
    return Object.freeze(Object.fromEntries(Object.entries(helper).map(([name, member]) => [name, wrap(member)])));
  };
  return wrap(helpers) as T;
}

/** A value on its way into a text. */
export function text(place: number, value: unknown): unknown {
  return value instanceof StoredNumber && tookEffect('N1', place) ? 'null' : value;
}

/** The same where N1 is not applied, of a value that may be DynamoDB's. */
export function perhapsStored(place: number, value: unknown): unknown {
  if (typeof value === 'number') {
    dependsOn('N1', place);
  }
  return value;
}

/** `a + b` */
export function add(place: number, a: unknown, b: unknown): unknown {
  const joins = typeof a === 'string' || typeof b === 'string';
  // Whatever the two are, + knows what to do.
  return joins ? `${text(place, a) as string}${text(place, b) as string}` : (a as number) + (b as number);
}

/** The left side of && and ||: only a zero differs from what it stands for. */
export function truth(_place: number, value: unknown): unknown {
  return value instanceof StoredNumber && !value.valueOf() ? value.valueOf() : value;
}

/** A test, or what `typeof`, `==` and `!=` look at. */
export function number(_place: number, value: unknown): unknown {
  return plain(value);
}

type Callback = (...args: unknown[]) => unknown;

/** A callback whose answer is a test. */
export function predicate(_place: number, callback: Callback): Callback {
  return (...args) => plain(callback(...args));
}
