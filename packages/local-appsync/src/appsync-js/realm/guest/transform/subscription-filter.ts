import { isRecord } from '../../../../shared/is-record';

interface Rule {
  fieldName: string;
  operator: string;
  value: unknown;
}
export interface SubscriptionFilter {
  filterGroup: { filters: Rule[] }[];
}

/** Alternatives (OR) of rule lists (AND): disjunctive normal form. */
type Alternatives = Rule[][];

/** Each alternative of one combined with each of the other; what says nothing leaves the other as it is. */
function both(left: Alternatives, right: Alternatives): Alternatives {
  if (left.length === 0) {
    return right;
  }
  if (right.length === 0) {
    return left;
  }
  return left.flatMap((first) => right.map((second) => [...first, ...second]));
}

function members(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : isRecord(value) ? [value] : [];
}

/** The operators of one field are alternatives (documented, if surprising). */
function field(fieldName: string, operators: unknown): Alternatives {
  return isRecord(operators)
    ? Object.entries(operators).map(([operator, value]) => [{ fieldName, operator, value }])
    : [];
}

function expand(filter: Record<string, unknown>, ignored: readonly string[]): Alternatives {
  let result: Alternatives = [];
  for (const [name, value] of Object.entries(filter)) {
    if (ignored.includes(name)) {
      continue;
    }
    if (name === 'and') {
      for (const member of members(value)) {
        result = both(result, expand(member, ignored));
      }
    } else if (name === 'or') {
      result = both(
        result,
        members(value).flatMap((member) => expand(member, ignored)),
      );
    } else {
      result = both(result, field(name, value));
    }
  }
  return result;
}

/**
 * `util.transform.toSubscriptionFilter`: fields are ANDed; the operators of a field, the
 * members of `or` and the rules are alternatives, multiplied out into groups. Operators go
 * through unchecked and `not` is a field like any other, as in AppSync.
 * @returns null for what is no filter object
 */
export function toSubscriptionFilter(
  filter: unknown,
  ignoredFields: readonly string[] = [],
  rules: Record<string, unknown> = {},
): SubscriptionFilter | null {
  if (!isRecord(filter)) {
    return null;
  }
  const alternatives = Object.entries(rules).flatMap(([name, operators]) => field(name, operators));
  return {
    filterGroup: both(expand(filter, ignoredFields), alternatives).map((filters) => ({ filters })),
  };
}
