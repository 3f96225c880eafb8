import { reorderedMap } from '../quirks/A7';
import { isRecord } from '../../../../shared/is-record';
import { unsupported } from '../unsupported';
import { toDynamoDB, toMapValues, type AttributeValue } from './values';

/** A converter that answers null to input of another type (typed so in @aws-appsync/utils). */
function converter<T>(accepts: (value: unknown) => value is T, convert: (value: T) => AttributeValue) {
  return (value: unknown): AttributeValue | null => (accepts(value) ? convert(value) : null);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

/** `util.dynamodb`: shapes as recorded from AppSync's EvaluateCode. */
export const dynamodb = {
  toDynamoDB,
  toString: converter(isString, (value) => ({ S: value })),
  toStringSet: converter(isList, (values) => ({ SS: values })),
  toNumber: converter(isNumber, toDynamoDB),
  toNumberSet: converter(isList, (values) => ({ NS: values })),
  toBinary: converter(isString, (value) => ({ B: value })),
  toBinarySet: converter(isList, (values) => ({ BS: values })),
  toBoolean: converter(isBoolean, (value) => ({ BOOL: value })),
  toNull: (): AttributeValue => ({ NULL: null }),
  toList: converter(isList, toDynamoDB),
  toMap: converter(isRecord, (value) => ({ M: toMapValues(value) })),
  toMapValues: converter(isRecord, (value) => reorderedMap(toMapValues(value))),
  toS3Object: unsupported('util.dynamodb.toS3Object'),
  fromS3ObjectJson: unsupported('util.dynamodb.fromS3ObjectJson'),
};
