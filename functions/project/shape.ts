/** What is wrong with a value: in which of its fields, and what the field must be. */
export interface Fault {
  field: string;
  rule: string;
}

/** Checks a value that may be anything; null if it is as it must be. `field` names the value in the fault. */
export type Shape = (value: unknown, field: string) => Fault | null;

function shape(rule: string, isRight: (value: unknown) => boolean): Shape {
  return (value, field) => (isRight(value) ? null : { field, rule: `must be ${rule}` });
}

export const text = shape('text', (value) => typeof value === 'string');

/** GraphQL's largest Int. */
const MAX_INT = 2 ** 31 - 1;

export function wholeNumber(least: number): Shape {
  return shape(
    `a whole number from ${least} to ${MAX_INT}`,
    (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= MAX_INT,
  );
}

/** As the API writes it, or without milliseconds, as older events may have it (T1). */
export const time = shape('a time in UTC such as 2026-01-31T12:00:00.000Z', (value) => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.test(value)) {
    return false;
  }
  const date = new Date(value);
  // The 30th of February becomes another day.
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19) === value.slice(0, 19);
});

export function oneOf(names: Record<string, true>): Shape {
  return shape(
    `one of ${Object.keys(names).join(', ')}`,
    (value) => typeof value === 'string' && Object.hasOwn(names, value),
  );
}

export function nullable(inner: Shape): Shape {
  return (value, field) => (value === null ? null : inner(value, field));
}

export function optional(inner: Shape): Shape {
  return (value, field) => (value === undefined ? null : inner(value, field));
}

export function list(item: Shape): Shape {
  return (value, field) =>
    Array.isArray(value)
      ? firstFault(value.map((each: unknown, i) => () => item(each, `${field}[${i}]`)))
      : { field, rule: 'must be a list' };
}

/** An object with these fields. Others are ignored unless the shape is exact. */
export function object<T>(fields: { [Field in keyof T]-?: Shape }, { isExact = false } = {}): Shape {
  const shapes = Object.entries<Shape>(fields);
  return (value, field) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { field, rule: 'must be an object' };
    }
    const within = (name: string) => (field === '' ? name : `${field}.${name}`);
    const unknown = isExact ? Object.keys(value).find((name) => !Object.hasOwn(fields, name)) : undefined;
    return firstFault([
      ...shapes.map(
        ([name, inner]) =>
          () =>
            inner((value as Record<string, unknown>)[name], within(name)),
      ),
      () => (unknown === undefined ? null : { field: within(unknown), rule: 'is no field of an event' }),
    ]);
  };
}

function firstFault(checks: (() => Fault | null)[]): Fault | null {
  for (const check of checks) {
    const fault = check();
    if (fault) {
      return fault;
    }
  }
  return null;
}
