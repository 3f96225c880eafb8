import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { base64 } from './plain-value';
import type { Item } from './typed-value';

/** An item as typed values in JSON, as the runtime writes them: `{"N": 10}`, binary as base64. Read with typedMap. */
export function typedJson(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, valueJson(value)]));
}

function valueJson(value: AttributeValue): Record<string, unknown> {
  if (value.N !== undefined) {
    return { N: number(value.N) };
  }
  if (value.M !== undefined) {
    return { M: typedJson(value.M) };
  }
  if (value.L !== undefined) {
    return { L: value.L.map(valueJson) };
  }
  if (value.NS !== undefined) {
    return { NS: value.NS.map(number) };
  }
  if (value.B !== undefined) {
    return { B: base64(value.B) };
  }
  if (value.BS !== undefined) {
    return { BS: value.BS.map(base64) };
  }
  return { ...value };
}

/** DynamoDB keeps 38 digits; those that a JSON number would lose stay text, so that a key finds its item again. */
function number(digits: string): number | string {
  return String(Number(digits)) === digits ? Number(digits) : digits;
}
