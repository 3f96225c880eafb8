import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { canonical } from '../../../../src/services/appsync/data-sources/dynamodb/canonical';
import { plainValue } from '../../../../src/services/appsync/data-sources/dynamodb/plain-value';
import { typedJson } from '../../../../src/services/appsync/data-sources/dynamodb/typed-json';
import { typedMap, typedValue } from '../../../../src/services/appsync/data-sources/dynamodb/typed-value';
import { DataSourceFailure } from '../../../../src/services/appsync/data-sources/failure';
import { typed, typedOf } from './typed';

describe('A typed value', () => {
  test.each([
    ['a JSON number', { N: 10 }, { N: '10' }],
    ['a number as text', { N: '3.14e2' }, { N: '3.14e2' }],
    ['a number too large for plain digits', { N: 1e21 }, { N: '1e+21' }],
    ['the null that the runtime writes', { NULL: null }, { NULL: true }],
    ['the null that DynamoDB writes', { NULL: true }, { NULL: true }],
    ['the empty text', { S: '' }, { S: '' }],
    [
      'a list in a map',
      { M: { a: { L: [{ N: 1 }, { NULL: null }] } } },
      { M: { a: { L: [{ N: '1' }, { NULL: true }] } } },
    ],
    ['a set of texts', { SS: ['b', 'a'] }, { SS: ['b', 'a'] }],
    ['a set of numbers', { NS: [1, '2'] }, { NS: ['1', '2'] }],
    ['binary', { B: 'AAE=' }, { B: Buffer.from([0, 1]) }],
    ['a set of binaries', { BS: ['AAE='] }, { BS: [Buffer.from([0, 1])] }],
  ])('reaches DynamoDB as its API has it: %s', (_, given, expected) => {
    expect(typedValue(given, '$')).toEqual(expected);
  });

  test.each([
    ['a plain text', 'abc'],
    ['a plain null', null],
    ['nothing', undefined],
    ['a list', [{ S: 'a' }]],
    ['no type', {}],
    ['two types', { S: 'a', N: 1 }],
    ['an unknown type', { X: 'a' }],
    ['a number where a text should be', { S: 1 }],
    ['a text that is no number', { N: '12a' }],
    ['the text NaN', { N: 'NaN' }],
    ['an empty number', { N: '' }],
    ['a null number', { N: null }],
    ['a text where a boolean should be', { BOOL: 'true' }],
    ['a false null', { NULL: false }],
    ['a list where a map should hold typed values', { M: { a: 1 } }],
    ['plain values in a list', { L: [1] }],
    ['a set of texts with a number', { SS: ['a', 1] }],
    ['a set that is no list', { NS: 1 }],
    ['text that is no base64', { B: 'a b' }],
    ['base64 without its padding', { B: 'AAE' }],
  ])('is refused when malformed: %s', (_, given) => {
    expect(() => typedValue(given, '$[key][id]')).toThrow(DataSourceFailure);
    expect(() => typedValue(given, '$[key][id]')).toThrow(/'\$\[key\]\[id\].*AttributeValue/);
  });

  test('that holds any JSON value reads back the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (json) => {
        const value = JSON.parse(JSON.stringify(json)) as unknown;
        expect(plainValue(typedValue(typedOf(value), '$'))).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  test('survives the JSON of a pagination token with all 38 digits', () => {
    const key = typedMap({ n: { N: '12345678901234567890123456789012345678' }, b: { B: 'AAE=' }, m: { N: 7 } }, '$');
    expect(typedMap(JSON.parse(JSON.stringify(typedJson(key))), '$')).toEqual(key);
    expect(typedJson(key)).toMatchObject({ m: { N: 7 } });
  });

  test('named __proto__ is an attribute like any other', () => {
    const value = typedValue(JSON.parse('{"M":{"__proto__":{"S":"a"}}}'), '$');
    expect(JSON.stringify(plainValue(value))).toBe('{"__proto__":"a"}');
  });
});

describe('Two items are equal', () => {
  test.each([
    ['numbers written differently', { n: { N: '1.50e2' } }, { n: { N: 150 } }],
    ['zeros of either sign', { n: { N: '-0.0' } }, { n: { N: 0 } }],
    ['sets in another order', { s: { NS: [10, 9] } }, { s: { NS: ['9.0', '1e1'] } }],
    ['texts of a set in another order', { s: { SS: ['b', 'a'] } }, { s: { SS: ['a', 'b'] } }],
    ['maps in another order', { m: typedOf({ a: 1, b: 2 }) }, { m: typedOf({ b: 2, a: 1 }) }],
  ])('despite %s', (_, one, other) => {
    expect(canonical(typedMap(one, '$'))).toBe(canonical(typedMap(other, '$')));
  });

  test.each([
    ['a number and its text', { n: { N: 1 } }, { n: { S: '1' } }],
    ['a set and a list', { s: { SS: ['a'] } }, { s: { L: [{ S: 'a' }] } }],
    ['a text and its base64', { b: { S: 'AAE=' } }, { b: { B: 'AAE=' } }],
    ['lists in another order', typed({ l: [1, 2] }), typed({ l: [2, 1] })],
    ['numbers of opposite sign', typed({ n: 1 }), typed({ n: -1 })],
    ['numbers beyond double precision', { n: { N: '10000000000000001' } }, { n: { N: '10000000000000002' } }],
    ['a null and an absence', typed({ a: null }), {}],
  ])('but not %s', (_, one, other) => {
    expect(canonical(typedMap(one, '$'))).not.toBe(canonical(typedMap(other, '$')));
  });

  test('exactly when their JSON is, if they hold JSON', () => {
    const json = fc.jsonValue({ maxDepth: 3 }).map((each) => JSON.parse(JSON.stringify(each)) as unknown);
    fc.assert(
      fc.property(json, json, (one, other) => {
        const text = (value: unknown) => canonical({ value: typedValue(typedOf(value), '$') });
        expect(text(one)).toBe(text(structuredClone(one)));
        expect(text(one) === text(other)).toBe(isDeepStrictEqual(one, other));
      }),
    );
  });
});
