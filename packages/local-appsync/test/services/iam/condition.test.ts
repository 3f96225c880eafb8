import { compileCondition } from '../../../src/services/iam/condition';
import { type ContextKeys, RequestContext } from '../../../src/services/iam/request-context';
import type { Verdict } from '../../../src/services/iam/verdict';

type Block = Record<string, Record<string, unknown>>;

function refuse(fault: string) {
  return new Error(fault);
}

function meets(block: Block, keys: ContextKeys): Verdict {
  return compileCondition(block, refuse)(new RequestContext(keys));
}

const ROLE = 'arn:aws:iam::000000000000:role/Projector';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f:live';

/** An operator, a value of the policy, one of the request, and whether it holds; the negated operator is the opposite. */
type Comparison = [operator: string, expected: unknown, actual: string, holds: boolean];

const comparisons: Comparison[] = [
  ['StringEquals', 'a', 'a', true],
  ['StringEquals', 'a', 'A', false],
  ['StringEquals', 'a*', 'ab', false],
  ['StringEquals', ['a', 'b'], 'b', true],
  ['StringEquals', ['a', 'b'], 'c', false],
  ['StringEquals', '', '', true],
  ['StringEqualsIgnoreCase', 'Ab', 'aB', true],
  ['StringEqualsIgnoreCase', 'a', 'b', false],
  ['StringLike', 'a*c?', 'a/b:cd', true],
  ['StringLike', 'a*', 'ba', false],
  ['StringLike', 'A*', 'ab', false],
  ['StringLike', 'a${*}', 'a*', true],
  ['StringLike', 'a${*}', 'ab', false],
  ['ArnEquals', 'arn:aws:iam::*:role/P*', ROLE, true],
  ['ArnLike', 'arn:aws:iam::*:role/P*', ROLE, true],
  ['ArnLike', 'arn:aws:iam::?????????000:role/Projector', ROLE, true],
  ['ArnLike', 'arn:aws:lambda:*:function:f:live', FUNCTION, false],
  ['ArnLike', 'arn:aws:lambda:*:*:function:*', FUNCTION, true],
  ['ArnLike', 'arn:aws:iam::000000000000:role/Other', ROLE, false],
  ['NumericEquals', '10', '10.0', true],
  ['NumericEquals', 10, '11', false],
  ['Bool', 'true', 'true', true],
  ['Bool', true, 'true', true],
  ['Bool', 'True', 'true', true],
  ['Bool', 'false', 'true', false],
  ['DateEquals', '2026-03-01T00:00:00Z', '1772323200', true],
  ['DateEquals', '2026-03-01', '2026-03-01T00:00:01Z', false],
  ['IpAddress', '10.0.0.0/8', '10.1.2.3', true],
  ['IpAddress', '10.0.0.0/8', '11.1.2.3', false],
  ['IpAddress', '127.0.0.1', '127.0.0.1', true],
  ['IpAddress', ['10.0.0.0/8', '2001:db8::/32'], '2001:db8::1', true],
  ['IpAddress', '0.0.0.0/0', '::1', false],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
  ['BinaryEquals', 'QmluYXJ5', 'qmluyxj5', false],
];

test.each(comparisons)('%s %j and %j: %s', (operator, expected, actual, holds) => {
  expect(meets({ [operator]: { key: expected } }, { key: actual })).toBe(holds ? 'holds' : 'fails');
});

const NEGATED: Record<string, string> = {
  StringEquals: 'StringNotEquals',
  StringEqualsIgnoreCase: 'StringNotEqualsIgnoreCase',
  StringLike: 'StringNotLike',
  ArnEquals: 'ArnNotEquals',
  ArnLike: 'ArnNotLike',
  NumericEquals: 'NumericNotEquals',
  DateEquals: 'DateNotEquals',
  IpAddress: 'NotIpAddress',
};
const negations = comparisons.flatMap(([operator, expected, actual, holds]): Comparison[] =>
  NEGATED[operator] === undefined ? [] : [[NEGATED[operator], expected, actual, !holds]],
);

test.each(negations)('%s %j and %j: %s', (operator, expected, actual, holds) => {
  expect(meets({ [operator]: { key: expected } }, { key: actual })).toBe(holds ? 'holds' : 'fails');
});

test.each([
  ['NumericNotEquals', '10', 'ten'],
  ['NumericNotEquals', '10', ''],
  ['DateNotEquals', '2026-03-01', 'soon'],
  ['NotIpAddress', '10.0.0.0/8', 'nowhere'],
  ['ArnNotLike', ROLE, 'Projector'],
  ['ArnNotLike', 'arn:aws:*:role/Other', ROLE],
])('%s %j and %j, which is of another kind: unknown', (operator, expected, actual) => {
  expect(meets({ [operator]: { key: expected } }, { key: actual })).toBe('unknown');
});

test.each([
  ['LessThan', [true, false, false]],
  ['LessThanEquals', [true, true, false]],
  ['GreaterThan', [false, false, true]],
  ['GreaterThanEquals', [false, true, true]],
])('%s orders numbers and times', (order, expected) => {
  const numbers = ['9', '10', '100'].map((key) => meets({ [`Numeric${order}`]: { key: '10' } }, { key }));
  const times = ['2026-02-28T23:59:59Z', '2026-03-01T00:00:00Z', '1772323201'].map((key) =>
    meets({ [`Date${order}`]: { key: '2026-03-01T00:00:00Z' } }, { key }),
  );
  const verdicts = expected.map((holds) => (holds ? 'holds' : 'fails'));
  expect({ numbers, times }).toEqual({ numbers: verdicts, times: verdicts });
});

test('all operators and all keys must hold', () => {
  const block = { StringEquals: { a: '1', b: '2' }, Bool: { c: 'true' } };
  const keys = { a: '1', b: '2', c: 'true' };
  expect(meets(block, keys)).toBe('holds');
  for (const key of Object.keys(keys)) {
    expect(meets(block, { ...keys, [key]: 'other' })).toBe('fails');
  }
});

test('operators and keys are named without regard to case', () => {
  expect(meets({ stringequalsIFEXISTS: { 'AWS:principalarn': ROLE } }, { 'aws:PrincipalArn': ROLE })).toBe('holds');
});

/** What each makes of a key that the request does not have. */
test.each<[operator: string, expected: string, verdict: Verdict]>([
  ['StringEquals', 'a', 'fails'],
  ['StringNotEquals', 'a', 'holds'],
  ['StringEqualsIfExists', 'a', 'holds'],
  ['BoolIfExists', 'false', 'holds'],
  ['ForAllValues:StringEquals', 'a', 'holds'],
  ['ForAnyValue:StringEquals', 'a', 'fails'],
  ['ForAnyValue:StringEqualsIfExists', 'a', 'fails'],
  ['Null', 'true', 'holds'],
  ['Null', 'false', 'fails'],
])('of an absent key %s %j %s', (operator, expected, verdict) => {
  expect(meets({ [operator]: { key: expected } }, { key: null })).toBe(verdict);
});

test.each<[expected: unknown, verdict: Verdict]>([
  ['true', 'fails'],
  ['false', 'holds'],
  [false, 'holds'],
])('of a key that is there Null %j %s', (expected, verdict) => {
  expect(meets({ Null: { key: expected } }, { key: 'x' })).toBe(verdict);
});

test.each(['StringEquals', 'StringNotEquals', 'StringEqualsIfExists', 'ForAllValues:StringEquals', 'Null'])(
  'of a key that may be there %s knows nothing',
  (operator) => {
    expect(meets({ [operator]: { key: 'true' } }, {})).toBe('unknown');
  },
);

test('what fails for a known key fails whatever the unknown ones are', () => {
  expect(meets({ StringEquals: { unknown: 'a', known: 'b' } }, { known: 'c' })).toBe('fails');
});

test.each<[operator: string, actual: string | string[], verdict: Verdict]>([
  ['ForAllValues:StringEquals', ['a', 'b'], 'holds'],
  ['ForAllValues:StringEquals', ['a', 'c'], 'fails'],
  ['ForAllValues:StringEquals', 'a', 'holds'],
  ['ForAllValues:StringEquals', [], 'holds'],
  ['ForAllValues:StringNotEquals', ['c', 'd'], 'holds'],
  ['ForAllValues:StringNotEquals', ['a', 'c'], 'fails'],
  ['ForAnyValue:StringEquals', ['a', 'c'], 'holds'],
  ['ForAnyValue:StringEquals', ['c'], 'fails'],
  ['ForAnyValue:StringEquals', [], 'fails'],
  ['ForAnyValue:StringNotEquals', ['a', 'c'], 'holds'],
  // Not documented.
  ['StringEquals', ['a', 'b'], 'unknown'],
])('%s ["a","b"] and %j: %s', (operator, actual, verdict) => {
  expect(meets({ [operator]: { key: ['a', 'b'] } }, { key: actual })).toBe(verdict);
});

test.each<[expected: string, keys: ContextKeys, verdict: Verdict]>([
  ['${aws:username}/*', { 'aws:username': 'ann' }, 'holds'],
  ['${AWS:UserName}/*', { 'aws:username': 'bob' }, 'fails'],
  // A value is no pattern.
  ['${aws:username}', { 'aws:username': '*' }, 'fails'],
  ["${aws:username, 'ann'}/x", { 'aws:username': null }, 'holds'],
  ["${aws:username, 'ann'}/x", {}, 'unknown'],
  ['${aws:username}/x', {}, 'unknown'],
  ['${aws:username}/x', { 'aws:username': null }, 'unknown'],
  ['${aws:username}/y', {}, 'fails'],
])('a variable has its value from the request: %j with %j %s', (expected, keys, verdict) => {
  expect(meets({ StringLike: { key: expected } }, { key: 'ann/x', ...keys })).toBe(verdict);
});

test('a variable may be an ARN', () => {
  const keys = { 'aws:PrincipalArn': ROLE, 'aws:SourceArn': ROLE };
  expect(meets({ ArnEquals: { 'aws:SourceArn': '${aws:PrincipalArn}' } }, keys)).toBe('holds');
});

test('the time of the request is known', () => {
  const between = {
    DateGreaterThan: { 'aws:CurrentTime': '2026-01-01' },
    DateLessThan: { 'aws:EpochTime': '33000000000' },
  };
  expect(meets(between, {})).toBe('holds');
});

test.each<[fault: string, block: Block]>([
  ['there is no condition operator StringSame', { StringSame: { key: 'a' } }],
  ['there is no condition operator NullIfExists', { NullIfExists: { key: 'true' } }],
  ['NumericEquals cannot compare with "ten"', { NumericEquals: { key: ['10', 'ten'] } }],
  ['DateLessThan cannot compare with "soon"', { DateLessThan: { key: 'soon' } }],
  ['DateLessThan cannot compare with "::1"', { DateLessThan: { key: '::1' } }],
  ['Bool cannot compare with "yes"', { Bool: { key: 'yes' } }],
  ['IpAddress cannot compare with "10.0.0.0/33"', { IpAddress: { key: '10.0.0.0/33' } }],
  ['NotIpAddress cannot compare with "10.0.0/8"', { NotIpAddress: { key: '10.0.0/8' } }],
  ['the condition on key must hold strings, not {"Ref":"Table"}', { StringEquals: { key: { Ref: 'Table' } } }],
  ['StringEquals needs keys with their values, not "a"', { StringEquals: 'a' as unknown as Block['x'] }],
])('is refused at once: %s', (fault, block) => {
  expect(() => compileCondition(block, refuse)).toThrow(fault);
});
