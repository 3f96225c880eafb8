import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from './typed-value';

/**
 * An attribute as a handler sees it in ctx.result: a JSON value, sets as lists, binary as base64.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/js-resolver-reference-dynamodb.html (type system)
 */
export function plainValue(value: AttributeValue): unknown {
  if (value.S !== undefined) {
    return value.S;
  }
  if (value.N !== undefined) {
    return Number(value.N);
  }
  if (value.BOOL !== undefined) {
    return value.BOOL;
  }
  if (value.M !== undefined) {
    return plainItem(value.M);
  }
  if (value.L !== undefined) {
    return value.L.map(plainValue);
  }
  if (value.SS !== undefined) {
    return value.SS;
  }
  if (value.NS !== undefined) {
    return value.NS.map(Number);
  }
  if (value.B !== undefined) {
    return base64(value.B);
  }
  if (value.BS !== undefined) {
    return value.BS.map(base64);
  }
  return null;
}

export function plainItem(item: Item): Record<string, unknown> {
  // fromEntries defines its properties, so an attribute named __proto__ stays one.
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
