import { runner } from './support';

const { valueOf, errorOf } = runner();

function render(filter: string): unknown {
  const text = valueOf(`util.transform.toDynamoDBFilterExpression(${filter})`);
  return text === null ? null : JSON.parse(String(text));
}

describe('A DynamoDB filter object becomes the expression that AppSync was seen to write:', () => {
  it.each([
    ['{ v: { eq: "x" } }', '(#v = :v_eq)', { ':v_eq': { S: 'x' } }],
    ['{ v: { ne: "x" } }', '(#v <> :v_ne)', { ':v_ne': { S: 'x' } }],
    ['{ v: { lt: 1 } }', '(#v < :v_lt)', { ':v_lt': { N: 1 } }],
    ['{ v: { le: 1.5 } }', '(#v <= :v_le)', { ':v_le': { N: 1.5 } }],
    ['{ v: { gt: true } }', '(#v > :v_gt)', { ':v_gt': { BOOL: true } }],
    ['{ v: { ge: null } }', '(#v >= :v_ge)', { ':v_ge': { NULL: null } }],
    ['{ v: { eq: { a: 1 } } }', '(#v = :v_eq)', { ':v_eq': { M: { a: { N: 1 } } } }],
    ['{ v: { eq: [1, "a"] } }', '(#v = :v_eq)', { ':v_eq': { L: [{ N: 1 }, { S: 'a' }] } }],
    ['{ v: { contains: "x" } }', '(contains(#v,:v_contains))', { ':v_contains': { S: 'x' } }],
    ['{ v: { notContains: "x" } }', '(NOT contains(#v,:v_notContains))', { ':v_notContains': { S: 'x' } }],
    ['{ v: { beginsWith: "x" } }', '(begins_with(#v,:v_beginsWith))', { ':v_beginsWith': { S: 'x' } }],
    [
      '{ v: { between: [1, 9, 3] } }',
      '(#v BETWEEN :v_between_start AND :v_between_end)',
      { ':v_between_start': { N: 1 }, ':v_between_end': { N: 9 } },
    ],
    ['{ v: { in: ["a", "b"] } }', '(#v IN (:v_in_0, :v_in_1))', { ':v_in_0': { S: 'a' }, ':v_in_1': { S: 'b' } }],
    ['{ v: { in: [] } }', '(null)', {}],
    ['{ v: { attributeExists: true } }', '(attribute_exists(#v))', {}],
    ['{ v: { attributeExists: false } }', '(attribute_not_exists(#v))', {}],
    ['{ v: { size: { gt: 2 } } }', '(size(#v) > :v_size_gt)', { ':v_size_gt': { N: 2 } }],
    [
      '{ v: { size: { gt: 2, lt: 5 } } }',
      '((size(#v) > :v_size_gt) AND (size(#v) < :v_size_lt))',
      { ':v_size_gt': { N: 2 }, ':v_size_lt': { N: 5 } },
    ],
    [
      '{ v: { size: { between: [1, 3] } } }',
      '(size(#v) BETWEEN :v_size_between_start AND :v_size_between_end)',
      { ':v_size_between_start': { N: 1 }, ':v_size_between_end': { N: 3 } },
    ],
    ['{ v: { size: { size: { gt: 1 } } } }', '(size(#v) > :v_size_size_gt)', { ':v_size_size_gt': { N: 1 } }],
    ['{ v: { ge: 1, le: 5 } }', '((#v >= :v_ge) AND (#v <= :v_le))', { ':v_ge': { N: 1 }, ':v_le': { N: 5 } }],
    ['{ v: {} }', '', {}],
  ])('%s', (filter, expression, expressionValues) => {
    expect(render(filter)).toEqual({ expression, expressionNames: { '#v': 'v' }, expressionValues });
  });

  const type = (name: string, code: string) => [name, code] as const;
  it.each([
    type('_null', 'NULL'),
    type('string', 'S'),
    type('stringSet', 'SS'),
    type('number', 'N'),
    type('numberSet', 'NS'),
    type('binary', 'B'),
    type('binarySet', 'BS'),
    type('boolean', 'BOOL'),
    type('list', 'L'),
    type('map', 'M'),
  ])('attributeType %s is %s', (name, code) => {
    expect(render(`{ v: { attributeType: '${name}' } }`)).toEqual({
      expression: '(attribute_type(#v,:v_attributeType))',
      expressionNames: { '#v': 'v' },
      expressionValues: { ':v_attributeType': { S: code } },
    });
  });

  const one = '{ a: { eq: 1 } }';
  const two = '{ b: { eq: 2 } }';
  it.each([
    ['{ a: { eq: 1 }, b: { eq: 2 } }', '(#a = :a_eq) AND (#b = :b_eq)', [':a_eq', ':b_eq']],
    [`{ and: [${one}] }`, '(#a = :and_0_a_eq)', [':and_0_a_eq']],
    [`{ and: [${one}, ${two}] }`, '((#a = :and_0_a_eq) AND (#b = :and_1_b_eq))', [':and_0_a_eq', ':and_1_b_eq']],
    [`{ or: [${one}, ${two}] }`, '((#a = :or_0_a_eq) OR (#b = :or_1_b_eq))', [':or_0_a_eq', ':or_1_b_eq']],
    [`{ not: ${one} }`, '(NOT (#a = :not_a_eq))', [':not_a_eq']],
    [`{ not: { not: ${one} } }`, '(NOT (NOT (#a = :not_not_a_eq)))', [':not_not_a_eq']],
    [
      `{ not: { and: [${one}, ${two}] } }`,
      '(NOT ((#a = :not_and_0_a_eq) AND (#b = :not_and_1_b_eq)))',
      [':not_and_0_a_eq', ':not_and_1_b_eq'],
    ],
    [
      `{ and: [{ or: [${one}, ${two}] }] }`,
      '((#a = :and_0_or_0_a_eq) OR (#b = :and_0_or_1_b_eq))',
      [':and_0_or_0_a_eq', ':and_0_or_1_b_eq'],
    ],
    [
      `{ or: [{ and: [${one}, ${two}] }, { a: { eq: 3 } }] }`,
      '(((#a = :or_0_and_0_a_eq) AND (#b = :or_0_and_1_b_eq)) OR (#a = :or_1_a_eq))',
      [':or_0_and_0_a_eq', ':or_0_and_1_b_eq', ':or_1_a_eq'],
    ],
    [
      `{ and: [{ not: ${one} }, ${two}] }`,
      '((NOT (#a = :and_0_not_a_eq)) AND (#b = :and_1_b_eq))',
      [':and_0_not_a_eq', ':and_1_b_eq'],
    ],
    [`{ a: { eq: 1 }, and: [${two}] }`, '(#a = :a_eq) AND (#b = :and_0_b_eq)', [':a_eq', ':and_0_b_eq']],
    ['{ "a.b": { eq: 1 } }', '(#a.b = :a.b_eq)', [':a.b_eq']],
    ['{}', '', []],
    ['{ and: [] }', '', []],
    ['{ not: {} }', '(NOT )', []],
  ])('%s', (filter, expression, values) => {
    const rendered = render(filter) as { expression: string; expressionValues: object };
    expect(rendered.expression).toBe(expression);
    expect(Object.keys(rendered.expressionValues)).toEqual(values);
  });

  it('as text with expression, names and values in this order', () => {
    expect(valueOf('util.transform.toDynamoDBFilterExpression({ title: { contains: "Hello" } })')).toBe(
      '{"expression":"(contains(#title,:title_contains))","expressionNames":{"#title":"title"},"expressionValues":{":title_contains":{"S":"Hello"}}}',
    );
  });

  it('and a condition is rendered in the same way', () => {
    const condition = '{ id: { attributeExists: true }, version: { eq: 10 } }';
    expect(JSON.parse(String(valueOf(`util.transform.toDynamoDBConditionExpression(${condition})`)))).toEqual({
      expression: '(attribute_exists(#id)) AND (#version = :version_eq)',
      expressionNames: { '#id': 'id', '#version': 'version' },
      expressionValues: { ':version_eq': { N: 10 } },
    });
  });
});

const UNREADABLE = [
  ['', 'the filter must be an object'],
  ['null', 'the filter must be an object'],
  ['[]', 'the filter must be an object'],
  ['"text"', 'the filter must be an object'],
  ['{ v: { foo: 1 } }', 'v has an unknown operator "foo"'],
  ['{ v: "x" }', 'v must be an object'],
  ['{ a: { b: { eq: 1 } } }', 'a has an unknown operator "b"'],
  ['{ and: { a: { eq: 1 } } }', 'and must be a list'],
  ['{ and: null }', 'and must be a list'],
  ['{ and: [{ a: { eq: 1 } }, null] }', 'and must be an object'],
  ['{ not: [{ a: { eq: 1 } }] }', 'not must be an object'],
  ['{ v: { between: [1] } }', 'v.between needs two bounds'],
  ['{ v: { between: "x" } }', 'v.between must be a list'],
  ['{ v: { in: "x" } }', 'v.in must be a list'],
  ['{ v: { attributeExists: "yes" } }', 'v.attributeExists must be true or false'],
  ['{ v: { attributeType: "S" } }', 'v.attributeType knows no type "S"'],
  ['{ v: { size: 3 } }', 'v.size must be an object'],
] as const;

describe('A filter that cannot be read', () => {
  it.each(UNREADABLE)('%s is null for util.transform', (filter) => {
    expect(valueOf(`util.transform.toDynamoDBFilterExpression(${filter})`)).toBeNull();
    expect(valueOf(`util.transform.toDynamoDBConditionExpression(${filter})`)).toBeNull();
  });

  it.each(UNREADABLE.filter(([filter]) => filter !== '' && filter !== 'null'))(
    '%s is an error for the ddb module',
    (filter, why) => {
      expect(errorOf(`ddb.scan({ filter: ${filter} })`)).toContain(`TypeError: scan: filter cannot be read: ${why}.`);
    },
  );
});
