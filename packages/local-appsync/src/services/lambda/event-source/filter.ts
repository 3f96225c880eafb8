import { StartError } from '../../../shared/start-error';
import { isRecord } from '../../../shared/is-record';
/** A filter pattern that Lambda would refuse, or that this runtime does not know. */
export class FilterPatternError extends StartError {
  override readonly name = 'FilterPatternError';
  constructor(
    readonly pattern: string,
    problem: string,
  ) {
    super(`Filter pattern ${pattern} cannot be used: ${problem}`);
  }
}

/** Decides over a value at one place of an event; undefined: the event has nothing there. */
export type Test = (value: unknown) => boolean;

/**
 * Compiles `FilterCriteria.Filters[].Pattern`. An event passes when any pattern matches, or when there are none.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 * @throws FilterPatternError
 */
export function compileFilters(patterns: string[]): Test {
  const tests = patterns.map(compileFilter);
  return (event) => tests.length === 0 || tests.some((test) => test(event));
}

function compileFilter(pattern: string): Test {
  const refuse = (problem: string): never => {
    throw new FilterPatternError(pattern, problem);
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(pattern);
  } catch (error) {
    refuse(`it is not JSON (${String(error)}).`);
  }
  return compileFields(parsed, 'the pattern', refuse);
}

type Refuse = (problem: string) => never;

/** Fields side by side must all match. */
function compileFields(fields: unknown, place: string, refuse: Refuse): Test {
  if (!isRecord(fields)) {
    return refuse(`${place} must be an object of fields.`);
  }
  const tests = Object.entries(fields).map(([name, inner]): Test => {
    if (name === '$or') {
      return compileOr(inner, place, refuse);
    }
    const here = `"${name}"`;
    const test = Array.isArray(inner) ? compileRules(inner, here, refuse) : compileFields(inner, here, refuse);
    return (value) => test(isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined);
  });
  if (tests.length === 0) {
    return refuse(`${place} is empty.`);
  }
  // Of a list it is enough that one element matches.
  const all: Test = (value) => tests.every((test) => test(value));
  return (value) => (Array.isArray(value) ? value.some(all) : all(value));
}

function compileOr(alternatives: unknown, place: string, refuse: Refuse): Test {
  if (!Array.isArray(alternatives) || alternatives.length < 2) {
    return refuse(`"$or" in ${place} must be a list of at least two patterns.`);
  }
  const tests = alternatives.map((fields) => compileFields(fields, `an alternative of "$or" in ${place}`, refuse));
  return (value) => tests.some((test) => test(value));
}

/** Rules in a list are alternatives. */
function compileRules(rules: unknown[], place: string, refuse: Refuse): Test {
  if (rules.length === 0) {
    return refuse(`${place} has an empty list of values.`);
  }
  const tests = rules.map((rule) => compileRule(rule, place, refuse));
  return (value) => tests.some((test) => test(value));
}

function compileRule(rule: unknown, place: string, refuse: Refuse): Test {
  if (!isRecord(rule)) {
    if (Array.isArray(rule)) {
      return refuse(`${place} has a list in its list of values.`);
    }
    return ofSome((value) => value === rule);
  }
  const [[operator, operand] = ['', undefined], ...more] = Object.entries(rule);
  if (more.length > 0) {
    return refuse(`a rule of ${place} has several operators; each needs a rule of its own.`);
  }
  const wrong = (expected: string): never => refuse(`"${operator}" of ${place} needs ${expected}.`);

  switch (operator) {
    case 'prefix':
      return typeof operand === 'string' ? ofText((text) => text.startsWith(operand)) : wrong('a string');
    case 'suffix':
      return typeof operand === 'string' ? ofText((text) => text.endsWith(operand)) : wrong('a string');
    case 'equals-ignore-case':
      return typeof operand === 'string'
        ? ofText((text) => text.toLowerCase() === operand.toLowerCase())
        : wrong('a string');
    case 'exists': {
      if (typeof operand !== 'boolean') {
        return wrong('true or false');
      }
      // As on AWS, only what holds a value exists, not the object around it.
      return (value) => (value !== undefined && !isRecord(value)) === operand;
    }
    case 'anything-but': {
      const excluded: unknown[] = Array.isArray(operand) ? operand : [operand];
      if (excluded.length === 0 || !excluded.every(isScalar)) {
        return wrong('a string, a number or a list of them');
      }
      return ofSome((value) => isScalar(value) && !excluded.includes(value));
    }
    case 'numeric':
      return compileNumeric(operand) ?? wrong('one or two comparisons, such as [">", 0, "<=", 100]');
    default:
      return refuse(`${place} has the unknown operator "${operator}".`);
  }
}

const COMPARISONS: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** Numbers only: a DynamoDB `N` is a string in the event, so that it never matches, here as on AWS. */
function compileNumeric(operand: unknown): Test | undefined {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    return undefined;
  }
  const tests: ((n: number) => boolean)[] = [];
  for (let i = 0; i < operand.length; i += 2) {
    const [sign, bound] = [operand[i] as unknown, operand[i + 1] as unknown];
    const compare = typeof sign === 'string' && Object.hasOwn(COMPARISONS, sign) ? COMPARISONS[sign] : undefined;
    if (!compare || typeof bound !== 'number') {
      return undefined;
    }
    tests.push((n) => compare(n, bound));
  }
  return ofSome((value) => typeof value === 'number' && tests.every((test) => test(value)));
}

/** Of a list it is enough that one element matches. */
function ofSome(test: Test): Test {
  return (value) => (Array.isArray(value) ? value.some(test) : value !== undefined && test(value));
}

function ofText(test: (text: string) => boolean): Test {
  return ofSome((value) => typeof value === 'string' && test(value));
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
