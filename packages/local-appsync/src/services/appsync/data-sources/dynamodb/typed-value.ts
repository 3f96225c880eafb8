import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { malformed } from '../failure';
import { kindOf, map, type Reader } from '../shape';

/** An item or a key as DynamoDB's API has it. */
export type Item = Record<string, AttributeValue>;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Reads a typed value, such as `{"S": "text"}`, `{"N": 10}` or `{"L": [{"BOOL": true}]}`. The runtime writes numbers as
 * JSON numbers and NULL as null, DynamoDB wants "10" and true.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/js-resolver-reference-dynamodb.html (type system)
 */
export const typedValue: Reader<AttributeValue> = (value, path) => {
  const types = kindOf(value) === 'OBJECT' ? Object.entries(value as object) : [];
  const [type, content] = types[0] ?? [];
  if (types.length === 1) {
    switch (type) {
      case 'S':
        if (typeof content === 'string') {
          return { S: content };
        }
        break;
      case 'N':
        if (isNumber(content)) {
          return { N: String(content) };
        }
        break;
      case 'BOOL':
        if (typeof content === 'boolean') {
          return { BOOL: content };
        }
        break;
      case 'NULL':
        if (content === null || content === true) {
          return { NULL: true };
        }
        break;
      case 'M':
        return { M: typedMap(content, `${path}[M]`) };
      case 'L':
        if (Array.isArray(content)) {
          return { L: content.map((each, index) => typedValue(each, `${path}[L][${index}]`)) };
        }
        break;
      case 'B':
        if (isBase64(content)) {
          return { B: Buffer.from(content, 'base64') };
        }
        break;
      case 'SS':
        if (isListOf(content, (each) => typeof each === 'string')) {
          return { SS: content };
        }
        break;
      case 'NS':
        if (isListOf(content, isNumber)) {
          return { NS: content.map(String) };
        }
        break;
      case 'BS':
        if (isListOf(content, isBase64)) {
          return { BS: content.map((each) => Buffer.from(each, 'base64')) };
        }
        break;
      default: // no type that DynamoDB has
    }
  }
  throw malformed(
    `Unable to convert ${excerpt(value)} at '${path}' to class ` +
      'com.amazonaws.services.dynamodbv2.model.AttributeValue: expected one typed value, such as {"S": "text"}, ' +
      '{"N": 10} or {"L": [{"BOOL": true}]}.',
  );
};

export const typedMap: Reader<Item> = map(typedValue);

export function only(names: string[], item: Item): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
}

export function without(names: string[], item: Item): Item {
  return names.length === 0 ? item : Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
}

function isNumber(value: unknown): value is number | string {
  return typeof value === 'number' || (typeof value === 'string' && NUMBER.test(value));
}

function isBase64(value: unknown): value is string {
  return typeof value === 'string' && BASE64.test(value);
}

function isListOf<T>(value: unknown, is: (each: unknown) => each is T): value is T[] {
  return Array.isArray(value) && value.every(is);
}

function excerpt(value: unknown): string {
  const json = JSON.stringify(value) ?? 'undefined';
  return json.length > 80 ? `${json.slice(0, 80)}…` : json;
}
