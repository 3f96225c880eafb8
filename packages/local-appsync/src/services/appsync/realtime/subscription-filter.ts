import { isRecord } from '../../../shared/is-record';

/** A rule on one field of a payload; `fieldName` may be a dotted path. */
interface Rule {
  fieldName: string;
  operator: string;
  value: unknown;
}

/** Rules within `filters` must all hold; of the groups, one must. */
export interface SubscriptionFilter {
  filterGroup: { filters: Rule[] }[];
}

/** A filter that AppSync would refuse: names the rule and what was expected. */
export class InvalidFilter extends Error {
  override readonly name = 'InvalidFilter';
}

const MAX_DEPTH = 5;
const MAX_IN = 5;
const MAX_CONTAINS_ANY = 20;

type Test = (actual: unknown, expected: unknown) => boolean;

/** Source: AppSync's developer guide, "Enhanced subscription filtering". */
const OPERATORS: Record<string, Test> = {
  eq: same,
  ne: (actual, expected) => !same(actual, expected),
  le: ordered((a, b) => a <= b),
  lt: ordered((a, b) => a < b),
  ge: ordered((a, b) => a >= b),
  gt: ordered((a, b) => a > b),
  contains: (actual, expected) => holds(actual, expected),
  notContains: (actual, expected) => !holds(actual, expected),
  beginsWith: (actual, expected) => typeof actual === 'string' && actual.startsWith(String(expected)),
  in: (actual, expected) => (expected as unknown[]).some((value) => same(actual, value)),
  notIn: (actual, expected) => !(expected as unknown[]).some((value) => same(actual, value)),
  between: (actual, expected) => {
    const [low, high] = expected as [unknown, unknown];
    return OPERATORS.ge!(actual, low) && OPERATORS.le!(actual, high);
  },
  containsAny: (actual, expected) => (expected as unknown[]).some((value) => holds(actual, value)),
};

/** The filter as a resolver gave it, checked. Throws InvalidFilter. */
export function subscriptionFilter(given: unknown): SubscriptionFilter {
  const groups = isRecord(given) ? given.filterGroup : undefined;
  if (!Array.isArray(groups)) {
    throw malformed(given);
  }
  for (const group of groups as unknown[]) {
    const filters = isRecord(group) ? group.filters : undefined;
    if (!Array.isArray(filters) || !filters.every(isRecord)) {
      throw malformed(given);
    }
    filters.forEach(checkRule);
  }
  return { filterGroup: groups as SubscriptionFilter['filterGroup'] };
}

function malformed(given: unknown): InvalidFilter {
  const form = '{filterGroup: [{filters: [{fieldName, operator, value}]}]}';
  return new InvalidFilter(`expected ${form}, got ${JSON.stringify(given)}`);
}

function checkRule(rule: Record<string, unknown>): void {
  const { fieldName, operator, value } = rule;
  const where = JSON.stringify(rule);
  if (typeof fieldName !== 'string' || fieldName.length > 256) {
    throw new InvalidFilter(`${where}: fieldName must be a path of at most 256 characters`);
  }
  if (typeof operator !== 'string' || !Object.hasOwn(OPERATORS, operator)) {
    throw new InvalidFilter(`${where}: operator must be one of ${Object.keys(OPERATORS).join(', ')}`);
  }
  const most = operator === 'in' || operator === 'notIn' ? MAX_IN : operator === 'containsAny' ? MAX_CONTAINS_ANY : 0;
  if (most > 0 && !(Array.isArray(value) && value.length <= most)) {
    throw new InvalidFilter(`${where}: ${operator} takes a list of at most ${most} values`);
  }
  if (operator === 'between' && !(Array.isArray(value) && value.length === 2)) {
    throw new InvalidFilter(`${where}: between takes a list of two values`);
  }
}

export function matchesFilter(filter: SubscriptionFilter, payload: unknown): boolean {
  return filter.filterGroup.some(({ filters }) =>
    filters.every(({ fieldName, operator, value }) => {
      const path = fieldName.split('.');
      // Deeper paths are ignored, as on AWS.
      return path.length > MAX_DEPTH || OPERATORS[operator]!(at(payload, path), value);
    }),
  );
}

/** Every argument that was given must equal the payload's field of its name; one that is null asks for a null. */
export function matchesArguments(args: Record<string, unknown>, payload: unknown): boolean {
  return Object.entries(args).every(([name, value]) => same(at(payload, [name]), value));
}

function at(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

function holds(actual: unknown, expected: unknown): boolean {
  return Array.isArray(actual)
    ? actual.some((item) => same(item, expected))
    : typeof actual === 'string' && actual.includes(String(expected));
}

function ordered(compare: (a: number | string, b: number | string) => boolean): Test {
  return (actual, expected) =>
    (typeof actual === 'number' && typeof expected === 'number' && compare(actual, expected)) ||
    (typeof actual === 'string' && typeof expected === 'string' && compare(actual, expected));
}
