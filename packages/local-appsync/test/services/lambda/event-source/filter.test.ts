import fc from 'fast-check';
import { compileFilters, FilterPatternError } from '../../../../src/services/lambda/event-source/filter';

function matches(pattern: unknown, event: unknown): boolean {
  return compileFilters([JSON.stringify(pattern)])(event);
}

describe('a pattern matches', () => {
  test.each<[string, unknown, unknown, boolean]>([
    ['an equal string', { a: ['x'] }, { a: 'x' }, true],
    ['no other string', { a: ['x'] }, { a: 'X' }, false],
    ['an equal number', { a: [5] }, { a: 5.0 }, true],
    ['no number for a string', { a: ['5'] }, { a: 5 }, false],
    ['true', { a: [true] }, { a: true }, true],
    ['null', { a: [null] }, { a: null }, true],
    ['null, but not what is missing', { a: [null] }, {}, false],
    ['an empty string', { a: [''] }, { a: '' }, true],
    ['an empty string, but not null', { a: [''] }, { a: null }, false],
    ['any of several values', { a: ['x', 'y'] }, { a: 'y' }, true],
    ['fields that all match', { a: ['x'], b: ['y'] }, { a: 'x', b: 'y' }, true],
    ['not when one field does not', { a: ['x'], b: ['y'] }, { a: 'x', b: 'z' }, false],
    ['a nested field', { a: { b: { c: ['x'] } } }, { a: { b: { c: 'x' } } }, true],
    ['not when the way to a nested field is missing', { a: { b: ['x'] } }, { a: null }, false],
    ['a beginning', { a: [{ prefix: 'ab' }] }, { a: 'abc' }, true],
    ['no other beginning', { a: [{ prefix: 'bc' }] }, { a: 'abc' }, false],
    ['an end', { a: [{ suffix: 'bc' }] }, { a: 'abc' }, true],
    ['no other end', { a: [{ suffix: 'ab' }] }, { a: 'abc' }, false],
    ['in any case', { a: [{ 'equals-ignore-case': 'ABC' }] }, { a: 'abc' }, true],
    ['anything but a value', { a: [{ 'anything-but': 'x' }] }, { a: 'y' }, true],
    ['anything but a value, which this is', { a: [{ 'anything-but': 'x' }] }, { a: 'x' }, false],
    ['anything but some values, which this is', { a: [{ 'anything-but': ['x', 5] }] }, { a: 5 }, false],
    ['anything but a value, not what is missing', { a: [{ 'anything-but': ['x'] }] }, {}, false],
    ['what exists', { a: [{ exists: true }] }, { a: null }, true],
    ['what exists, which this does not', { a: [{ exists: true }] }, { b: 1 }, false],
    ['what exists, as a value and not as an object', { a: [{ exists: true }] }, { a: { b: 1 } }, false],
    ['what does not exist', { a: [{ exists: false }] }, { b: 1 }, true],
    ['what does not exist, also below what does not', { a: { b: [{ exists: false }] } }, {}, true],
    ['what does not exist, which this does', { a: [{ exists: false }] }, { a: 0 }, false],
    ['an equal number by an operator', { a: [{ numeric: ['=', 5] }] }, { a: 5 }, true],
    ['a number in a range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }, true],
    ['a number at the open end of a range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 0 }, false],
    ['no string as a number, such as a DynamoDB N', { a: [{ numeric: ['>', 0] }] }, { a: '5' }, false],
    ['one element of a list', { a: ['x'] }, { a: ['w', 'x'] }, true],
    ['no element of a list', { a: ['x'] }, { a: ['w'] }, false],
    ['one object of a list', { a: { b: ['x'] } }, { a: [{ b: 'w' }, { b: 'x' }] }, true],
    ['either side of $or', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'y' }, true],
    ['neither side of $or', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: 'y', b: 'x' }, false],
    ['$or and what stands beside it', { c: ['z'], $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: 'x' }, false],
    ['no inherited property', { constructor: [{ exists: true }] }, {}, false],
  ])('%s', (_, pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  test('an event when any of the patterns does, or when there is none', () => {
    const either = compileFilters(['{"a":["x"]}', '{"a":["y"]}']);
    expect([either({ a: 'x' }), either({ a: 'y' }), either({ a: 'z' })]).toEqual([true, true, false]);
    expect(compileFilters([])({ a: 'z' })).toBe(true);
  });

  test('exactly the events whose value is listed', () => {
    const scalar = fc.oneof(
      fc.constantFrom('', 'x', 'y'),
      fc.integer({ min: 0, max: 3 }),
      fc.boolean(),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.array(scalar, { minLength: 1 }), scalar, (listed, value) => {
        expect(matches({ a: listed }, { a: value })).toBe(listed.includes(value));
        const butThose = listed.filter((each) => typeof each === 'string' || typeof each === 'number');
        if (butThose.length > 0) {
          expect(matches({ a: [{ 'anything-but': butThose }] }, { a: value })).toBe(
            !butThose.some((each) => each === value),
          );
        }
      }),
    );
  });
});

describe('a pattern is refused', () => {
  test.each([
    ['that is not JSON', '{', /not JSON/],
    ['that is not an object', '["x"]', /must be an object of fields/],
    ['that is empty', '{}', /is empty/],
    ['whose field has a value without a list', '{"a":"x"}', /"a" must be an object of fields/],
    ['whose list is empty', '{"a":[]}', /"a" has an empty list/],
    ['with a list in a list', '{"a":[["x"]]}', /list in its list/],
    ['with an unknown operator', '{"a":[{"wildcard":"*x"}]}', /"a" has the unknown operator "wildcard"/],
    ['with a rule without an operator', '{"a":[{}]}', /unknown operator ""/],
    ['with two operators in a rule', '{"a":[{"prefix":"x","suffix":"y"}]}', /several operators/],
    ['with a prefix that is no string', '{"a":[{"prefix":5}]}', /"prefix" of "a" needs a string/],
    ['with exists that is neither true nor false', '{"a":[{"exists":"yes"}]}', /needs true or false/],
    ['with anything-but of an operator', '{"a":[{"anything-but":{"prefix":"x"}}]}', /"anything-but" of "a" needs/],
    ['with an unknown comparison', '{"a":[{"numeric":["~",5]}]}', /needs one or two comparisons/],
    ['with half a comparison', '{"a":[{"numeric":[">"]}]}', /needs one or two comparisons/],
    ['with a single alternative', '{"$or":[{"a":["x"]}]}', /at least two patterns/],
  ])('%s', (_, pattern, problem) => {
    expect(() => compileFilters([pattern])).toThrow(FilterPatternError);
    expect(() => compileFilters([pattern])).toThrow(problem);
  });
});
