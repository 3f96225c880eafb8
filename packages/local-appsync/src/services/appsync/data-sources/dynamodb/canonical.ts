import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { base64 } from './plain-value';
import type { Item } from './typed-value';

/**
 * A text that is the same for two items exactly if DynamoDB holds them equal: however a number is written, whatever
 * the order of a set or a map.
 */
export function canonical(item: Item): string {
  return `{${Object.keys(item)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalValue(item[name]!)}`)
    .join()}}`;
}

function canonicalValue(value: AttributeValue): string {
  if (value.S !== undefined) {
    return JSON.stringify(value.S);
  }
  if (value.N !== undefined) {
    return canonicalNumber(value.N);
  }
  if (value.BOOL !== undefined) {
    return String(value.BOOL);
  }
  if (value.M !== undefined) {
    return canonical(value.M);
  }
  if (value.L !== undefined) {
    return `[${value.L.map(canonicalValue).join()}]`;
  }
  if (value.SS !== undefined) {
    return `SS${JSON.stringify(value.SS.toSorted())}`;
  }
  if (value.NS !== undefined) {
    return `NS[${value.NS.map(canonicalNumber).sort().join()}]`;
  }
  if (value.B !== undefined) {
    return `B"${base64(value.B)}"`;
  }
  if (value.BS !== undefined) {
    return `BS[${value.BS.map(base64).sort().join()}]`;
  }
  return 'NULL';
}

/** Digits without zeros at either end, and the power of ten of the last: exact where a JSON number is not. */
function canonicalNumber(text: string): string {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') {
    return '0';
  }
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return `${sign === '-' ? '-' : ''}${significant}e${power}`;
}
