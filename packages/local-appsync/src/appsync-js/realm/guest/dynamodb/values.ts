/** Attribute values as AppSync's helpers write them: numbers stay numbers, `NULL` holds null. */
export type AttributeValue = Record<string, unknown>;
export type AttributeMap = Record<string, AttributeValue>;

// Sets have no JSON form of their own. Those the ddb module made are remembered, so that
// `put({item: {tags: toStringSet(tags)}})` stores a set, while user input that merely
// looks like `{SS: […]}` stays a map.
const sets = new WeakSet<object>();

export function isAttributeSet(value: object): boolean {
  return sets.has(value);
}

export function attributeSet(type: 'SS' | 'NS' | 'BS', values: unknown): AttributeValue {
  if (!Array.isArray(values)) {
    throw new TypeError(`A DynamoDB set (${type}) is made from a list.`);
  }
  const set = { [type]: [...(values as unknown[])] };
  sets.add(set);
  return set;
}

function toNumber(value: number): AttributeValue {
  if (!Number.isFinite(value)) {
    throw new TypeError(`DynamoDB cannot store the number ${value}.`);
  }
  return { N: value };
}

/** Any JSON value as an attribute value; lists become `L`, never sets. */
export function toDynamoDB(value: unknown): AttributeValue {
  if (value === null || value === undefined) {
    return { NULL: null };
  }
  if (typeof value === 'string') {
    return { S: value };
  }
  if (typeof value === 'number') {
    return toNumber(value);
  }
  if (typeof value === 'boolean') {
    return { BOOL: value };
  }
  if (Array.isArray(value)) {
    return { L: value.map(toDynamoDB) };
  }
  if (typeof value === 'object') {
    return isAttributeSet(value) ? (value as AttributeValue) : { M: toMapValues(value as Record<string, unknown>) };
  }
  throw new TypeError(`DynamoDB cannot store a ${typeof value}.`);
}

/** Each member as an attribute value. A member that is undefined is left out, as JSON does. */
export function toMapValues(map: Record<string, unknown>): AttributeMap {
  // fromEntries, because an assignment would lose an attribute named __proto__.
  return Object.fromEntries(
    Object.entries(map).flatMap(([name, value]): [string, AttributeValue][] =>
      value === undefined ? [] : [[name, toDynamoDB(value)]],
    ),
  );
}
