import { runner } from './support';

const { valueOf, errorOf } = runner();

describe('util.dynamodb', () => {
  it.each([
    ["toDynamoDB('foo')", { S: 'foo' }],
    ['toDynamoDB(12345)', { N: 12345 }],
    ['toDynamoDB(-0.5)', { N: -0.5 }],
    ['toDynamoDB(true)', { BOOL: true }],
    ['toDynamoDB(null)', { NULL: null }],
    ['toDynamoDB(undefined)', { NULL: null }],
    ["toDynamoDB('')", { S: '' }],
    [
      "toDynamoDB({ foo: 'bar', baz: 1234, beep: ['boop'] })",
      { M: { foo: { S: 'bar' }, baz: { N: 1234 }, beep: { L: [{ S: 'boop' }] } } },
    ],
    ['toDynamoDB({ a: undefined, b: null })', { M: { b: { NULL: null } } }],
    ['toDynamoDB([])', { L: [] }],
    ["toDynamoDB({ SS: ['a'] })", { M: { SS: { L: [{ S: 'a' }] } } }],
    ["toString('test')", { S: 'test' }],
    ["toStringSet(['foo', 'bar'])", { SS: ['foo', 'bar'] }],
    ['toNumber(12345)', { N: 12345 }],
    ['toNumberSet([1, 23, 4.56])', { NS: [1, 23, 4.56] }],
    ["toBinary('foo')", { B: 'foo' }],
    ["toBinarySet(['foo', 'bar'])", { BS: ['foo', 'bar'] }],
    ['toBoolean(false)', { BOOL: false }],
    ['toNull()', { NULL: null }],
    ["toList(['foo', 123, { bar: 'baz' }])", { L: [{ S: 'foo' }, { N: 123 }, { M: { bar: { S: 'baz' } } }] }],
    ["toMap({ foo: 'bar', n: [1] })", { M: { foo: { S: 'bar' }, n: { L: [{ N: 1 }] } } }],
    ["toMapValues({ foo: 'bar', n: { m: 1 } })", { foo: { S: 'bar' }, n: { M: { m: { N: 1 } } } }],
  ])('%s', (call, value) => {
    expect(valueOf(`util.dynamodb.${call}`)).toEqual(value);
  });

  it('keeps an attribute named __proto__', () => {
    expect(
      valueOf('Object.keys(util.dynamodb.toMapValues(ctx.args))', {
        arguments: JSON.parse('{"__proto__":1,"a":2}') as Record<string, unknown>,
      }),
    ).toEqual(['__proto__', 'a']);
  });

  it.each([
    'toString(null)',
    'toString(1)',
    'toStringSet(null)',
    "toNumber('1')",
    'toNumberSet(undefined)',
    'toBinary(null)',
    'toBinarySet(1)',
    'toBoolean(null)',
    "toList('a')",
    'toMap(null)',
    'toMap([])',
    'toMapValues(1)',
  ])('%s is null: not of that type', (call) => {
    expect(valueOf(`util.dynamodb.${call}`)).toBeNull();
  });

  it.each(['0 / 0', '1 / 0'])('refuses the number %s, which DynamoDB cannot store', (number) => {
    expect(errorOf(`util.dynamodb.toDynamoDB(${number})`)).toMatch(
      /TypeError: DynamoDB cannot store the number (NaN|Infinity)\./,
    );
  });

  it.each(["toS3Object('k', 'b', 'r')", "fromS3ObjectJson('{}')"])('%s is not supported locally', (call) => {
    expect(errorOf(`util.dynamodb.${call}`)).toContain(
      `Error: not supported locally: util.dynamodb.${call.split('(')[0]}`,
    );
  });
});

describe('Sets of the ddb module', () => {
  it.each([
    ["ddb.toStringSet(['a', 'b'])", { SS: ['a', 'b'] }],
    ['ddb.toNumberSet([1, 2])', { NS: ['1', '2'] }],
    ["ddb.toBinarySet(['SGk='])", { BS: ['SGk='] }],
  ])('%s', (call, value) => {
    expect(valueOf(call)).toEqual(value);
  });

  it('are stored as sets, where a map of the same form stays a map', () => {
    expect(
      valueOf("ddb.put({ key: { id: 1 }, item: { a: ddb.toStringSet(['x']), b: { SS: ['x'] } } }).attributeValues"),
    ).toEqual({
      a: { SS: ['x'] },
      b: { M: { SS: { L: [{ S: 'x' }] } } },
    });
  });

  it('are made from lists only', () => {
    expect(errorOf("ddb.toStringSet('a')")).toContain('TypeError: A DynamoDB set (SS) is made from a list.');
  });
});
