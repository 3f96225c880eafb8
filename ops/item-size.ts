/** DynamoDB takes no larger item, in bytes. */
export const MAX_ITEM_SIZE = 400 * 1024;

/** A number takes a byte for two digits, of which it has 38 at most, and two more. */
const NUMBER_SIZE = 21;

/**
 * The size of an item in bytes, or a little more: numbers count as the largest one.
 * Source: "DynamoDB item sizes and formats" in the developer guide.
 */
export function itemSize(item: Record<string, unknown>): number {
  return entriesSize(item);
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') {
    return Buffer.byteLength(value);
  }
  if (typeof value === 'number') {
    return NUMBER_SIZE;
  }
  if (Array.isArray(value)) {
    return value.reduce((sum: number, each) => sum + 1 + sizeOf(each), 3);
  }
  return typeof value === 'object' && value !== null ? 3 + Object.keys(value).length + entriesSize(value) : 1;
}

function entriesSize(object: object): number {
  return Object.entries(object).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOf(value), 0);
}
