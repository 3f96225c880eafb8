import { randomUUID } from 'node:crypto';

type Typed = Record<string, unknown>;

/** A JSON value as the typed value that AppSync's runtime writes for it: numbers as JSON numbers, NULL as null. */
export function typedOf(value: unknown): Typed {
  if (value === null) {
    return { NULL: null };
  }
  if (typeof value === 'string') {
    return { S: value };
  }
  if (typeof value === 'number') {
    return { N: value };
  }
  if (typeof value === 'boolean') {
    return { BOOL: value };
  }
  if (Array.isArray(value)) {
    return { L: value.map(typedOf) };
  }
  return { M: typed(value as Typed) };
}

/** An object as typed values by name: a key, attributeValues or expressionValues. */
export function typed(values: Typed): Record<string, Typed> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typedOf(value)]));
}

/** A key of the posts table that no other test uses. */
export function newKey(version = 1) {
  return { id: randomUUID(), version };
}
