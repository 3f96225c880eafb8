import { type Operator, OPERATORS } from './operators';
import type { ContextValue, RequestContext } from './request-context';
import { all, any, not, type Verdict, verdict } from './verdict';

/** Whether a request meets a condition. */
export type Condition = (context: RequestContext) => Verdict;

/** Makes the error for what IAM would refuse. */
export type Refuse = (fault: string) => Error;

/** The `Condition` of a statement: all of its operators must hold for all of their keys. */
export function compileCondition(block: Readonly<Record<string, unknown>>, refuse: Refuse): Condition {
  const conditions = Object.entries(block).flatMap(([operator, keys]) =>
    entriesOf(keys, operator, refuse).map(([key, values]) => {
      const condition = compileOperator(operator, listOf(values, key, refuse), refuse);
      return (context: RequestContext) => condition(context.get(key), context);
    }),
  );
  return (context) => all(conditions, (condition) => condition(context));
}

/** A value of the request, undefined where it is unknown. */
type ValueCondition = (value: ContextValue | undefined, context: RequestContext) => Verdict;
type One = (value: string, context: RequestContext) => Verdict;

function compileOperator(name: string, expected: readonly string[], refuse: Refuse): ValueCondition {
  if (name.toLowerCase() === 'null') {
    return isNull(expected);
  }
  const [, set, base, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/i.exec(name)!;
  const operator = OPERATORS.get(base!.toLowerCase());
  if (!operator) {
    throw refuse(`there is no condition operator ${name}`);
  }
  const one = matchOne(operator, name, expected, refuse);
  switch (set?.toLowerCase()) {
    case undefined:
      return single(one, operator.negated || ifExists !== undefined);
    case 'forallvalues':
      return many(one, all, true);
    // IfExists changes nothing about it.
    default:
      return many(one, any, false);
  }
}

/** One value of the request against all of the policy's. */
function matchOne({ compile, negated }: Operator, name: string, expected: readonly string[], refuse: Refuse): One {
  const patterns = expected.map((text) => {
    const pattern = compile(text);
    if (!pattern) {
      throw refuse(`${name} cannot compare with ${JSON.stringify(text)}`);
    }
    return pattern;
  });
  return (value, context) => {
    const equal = any(patterns, (pattern) => pattern(value, context));
    return negated ? not(equal) : equal;
  };
}

function single(one: One, ifAbsent: boolean): ValueCondition {
  return (value, context) => {
    if (value === null) {
      return verdict(ifAbsent);
    }
    // How AWS compares several values without a set operator is not documented.
    return typeof value === 'string' ? one(value, context) : 'unknown';
  };
}

function many(one: One, combine: typeof any, ifAbsent: boolean): ValueCondition {
  return (value, context) => {
    if (value === undefined) {
      return 'unknown';
    }
    if (value === null) {
      return verdict(ifAbsent);
    }
    return combine([value].flat(), (each) => one(each, context));
  };
}

function isNull(expected: readonly string[]): ValueCondition {
  return (value) =>
    value === undefined ? 'unknown' : verdict(expected.some((text) => text.toLowerCase() === String(value === null)));
}

function entriesOf(keys: unknown, operator: string, refuse: Refuse): [string, unknown][] {
  if (typeof keys !== 'object' || keys === null) {
    throw refuse(`${operator} needs keys with their values, not ${JSON.stringify(keys)}`);
  }
  return Object.entries(keys);
}

/** Numbers and booleans may be written as such. */
function listOf(values: unknown, key: string, refuse: Refuse): string[] {
  return [values].flat().map((value) => {
    if (!['string', 'number', 'boolean'].includes(typeof value)) {
      throw refuse(
        `the condition on ${key} must hold strings, not ${JSON.stringify(value)}: is a reference unresolved?`,
      );
    }
    return String(value);
  });
}
