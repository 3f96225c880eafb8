import { runner } from './support';

const { valueOf } = runner();

/** Groups as lists of "field operator value". */
function groups(argumentsText: string): unknown {
  const result = valueOf(`util.transform.toSubscriptionFilter(${argumentsText})`) as {
    filterGroup: { filters: { fieldName: string; operator: string; value: unknown }[] }[];
  } | null;
  return (
    result &&
    result.filterGroup.map(({ filters }) =>
      filters.map(({ fieldName, operator, value }) => `${fieldName} ${operator} ${JSON.stringify(value)}`),
    )
  );
}

describe('util.transform.toSubscriptionFilter multiplies out into groups:', () => {
  it('in the form extensions.setSubscriptionFilter takes', () => {
    expect(valueOf('util.transform.toSubscriptionFilter({ a: { eq: 1 } })')).toEqual({
      filterGroup: [{ filters: [{ fieldName: 'a', operator: 'eq', value: 1 }] }],
    });
  });

  it.each([
    ['{ a: { eq: 1 }, b: { eq: 2 } }', [['a eq 1', 'b eq 2']]],
    ['{ a: { eq: 1, ne: 2 } }', [['a eq 1'], ['a ne 2']]],
    ['{ and: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }', [['a eq 1', 'b eq 2']]],
    ['{ z: { eq: 0 }, and: [{ a: { eq: 1 } }] }', [['z eq 0', 'a eq 1']]],
    ['{ or: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }', [['a eq 1'], ['b eq 2']]],
    [
      '{ and: [{ a: { eq: 1 } }, { or: [{ b: { eq: 2 } }, { c: { eq: 3 } }] }] }',
      [
        ['a eq 1', 'b eq 2'],
        ['a eq 1', 'c eq 3'],
      ],
    ],
    [
      '{ or: [{ a: { eq: 1 }, b: { eq: 2 } }, { c: { eq: 3, ne: 4 } }] }',
      [['a eq 1', 'b eq 2'], ['c eq 3'], ['c ne 4']],
    ],
    [
      '{ p: { lte: 50, gte: 20 }, and: [{ t: { ne: "B" } }, { d: { gt: 9 } }], or: [{ a: { eq: "A" } }, { i: { eq: false } }] }',
      [
        ['p lte 50', 't ne "B"', 'd gt 9', 'a eq "A"'],
        ['p lte 50', 't ne "B"', 'd gt 9', 'i eq false'],
        ['p gte 20', 't ne "B"', 'd gt 9', 'a eq "A"'],
        ['p gte 20', 't ne "B"', 'd gt 9', 'i eq false'],
      ],
    ],
    [
      '{ "loc.country": { in: ["USA"] }, tags: { containsAny: ["x", "y"] } }',
      [['loc.country in ["USA"]', 'tags containsAny ["x","y"]']],
    ],
    ['{ a: { bogus: 1 } }', [['a bogus 1']]],
    ['{ not: { a: { eq: 1 } } }', [['not a {"eq":1}']]],
    ['{ a: { eq: 1 }, b: { eq: 2 } }, ["a"]', [['b eq 2']]],
    ['{ a: { eq: 1 }, and: [{ b: { eq: 2 } }] }, ["b"]', [['a eq 1']]],
    [
      '{ a: { eq: 1 } }, [], { r1: { gte: 250 }, r2: { eq: "p" } }',
      [
        ['a eq 1', 'r1 gte 250'],
        ['a eq 1', 'r2 eq "p"'],
      ],
    ],
    ['{}, [], { r1: { eq: 1 } }', [['r1 eq 1']]],
    ['{}', []],
    ['{ a: {} }', []],
    ['{ and: [] }', []],
  ])('%s', (argumentsText, expected) => {
    expect(groups(argumentsText)).toEqual(expected);
  });

  it.each(['null', '', '[]', '"{}"'])('%s is no filter, hence null', (argumentsText) => {
    expect(groups(argumentsText)).toBeNull();
  });
});
