import { BlockList, isIP } from 'node:net';
import { type Pattern, pattern, type PatternOptions } from './pattern';
import { verdict } from './verdict';

/** How a condition compares a value of the request with one of the policy. Unknown: how AWS compares two kinds. */
export interface Operator {
  /** Holds if the comparison does so with none of the policy's values, or if the request has no such key. */
  negated: boolean;
  /** Undefined: the policy's value is not of the operator's kind. */
  compile(expected: string): Pattern | undefined;
}

function text(options: PatternOptions): Operator['compile'] {
  return (expected) => pattern(expected, options);
}

/** Compares what `read` makes of both values; NaN stands for one of another kind. */
function quantity(
  read: (text: string) => number,
  holds: (actual: number, expected: number) => boolean,
): Operator['compile'] {
  return (expected) => {
    const limit = read(expected);
    const compare = (actual: number) => (Number.isNaN(actual) ? 'unknown' : verdict(holds(actual, limit)));
    return Number.isNaN(limit) ? undefined : (actual) => compare(read(actual));
  };
}

function number(given: string): number {
  return given.trim() === '' ? NaN : Number(given);
}

/** ISO 8601, or seconds since 1970. */
function time(given: string): number {
  return /^\d+$/.test(given) ? Number(given) * 1000 : Date.parse(/^\d{4}-\d\d/.test(given) ? given : '');
}

const bool: Operator['compile'] = (expected) =>
  /^(true|false|\$\{.*)$/i.test(expected) ? text({ wildcards: 'none', ignoreCase: true })(expected) : undefined;

/** One address, or a range such as `10.0.0.0/8`. */
const addresses: Operator['compile'] = (expected) => {
  const [address, prefix] = expected.split('/') as [string, string?];
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)]!;
  const length = prefix === undefined ? longest : Number(prefix);
  if (prefix === '' || !Number.isInteger(length) || length < 0 || length > longest) {
    return undefined;
  }
  const range = new BlockList();
  range.addSubnet(address, length, family(address));
  return (actual) => (isIP(actual) === 0 ? 'unknown' : verdict(range.check(actual, family(actual))));
};

function family(address: string) {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

const ARN = /^arn:([^:]*:){4}/;

const arn: Operator['compile'] = (expected) => {
  const matches = pattern(expected, { wildcards: 'arn' });
  const isArn = ARN.test(expected) || expected.includes('${');
  return (actual, context) => (isArn && ARN.test(actual) ? matches(actual, context) : 'unknown');
};

function equal(actual: number, expected: number): boolean {
  return actual === expected;
}

const COMPARISONS: Readonly<Record<string, Operator['compile']>> = {
  StringEquals: text({ wildcards: 'none' }),
  StringEqualsIgnoreCase: text({ wildcards: 'none', ignoreCase: true }),
  StringLike: text({ wildcards: 'any' }),
  // The two are one and the same.
  ArnEquals: arn,
  ArnLike: arn,
  NumericEquals: quantity(number, equal),
  NumericLessThan: quantity(number, (actual, expected) => actual < expected),
  NumericLessThanEquals: quantity(number, (actual, expected) => actual <= expected),
  NumericGreaterThan: quantity(number, (actual, expected) => actual > expected),
  NumericGreaterThanEquals: quantity(number, (actual, expected) => actual >= expected),
  DateEquals: quantity(time, equal),
  DateLessThan: quantity(time, (actual, expected) => actual < expected),
  DateLessThanEquals: quantity(time, (actual, expected) => actual <= expected),
  DateGreaterThan: quantity(time, (actual, expected) => actual > expected),
  DateGreaterThanEquals: quantity(time, (actual, expected) => actual >= expected),
  Bool: bool,
  BinaryEquals: (expected) => (actual) => verdict(actual === expected),
  IpAddress: addresses,
};

const NEGATIONS: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
};

function named(name: string, comparison: string, negated: boolean): [string, Operator] {
  return [name.toLowerCase(), { negated, compile: COMPARISONS[comparison]! }];
}

/**
 * The operators by their names in lower case: IAM compares them so.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ...Object.keys(COMPARISONS).map((name) => named(name, name, false)),
  ...Object.entries(NEGATIONS).map(([name, comparison]) => named(name, comparison, true)),
]);
