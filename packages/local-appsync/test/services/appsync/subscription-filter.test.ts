import {
  InvalidFilter,
  matchesArguments,
  matchesFilter,
  subscriptionFilter,
} from '../../../src/services/appsync/realtime/subscription-filter';

const PAYLOAD = {
  id: '7',
  severity: 5,
  title: 'The printer burns',
  tags: ['fire', 'printer'],
  done: false,
  nothing: null,
  owner: { name: 'alice', team: { lead: { deputy: { name: 'bob', boss: { name: 'eve' } } } } },
};

function matches(fieldName: string, operator: string, value: unknown) {
  return matchesFilter(subscriptionFilter({ filterGroup: [{ filters: [{ fieldName, operator, value }] }] }), PAYLOAD);
}

describe('A rule of an enhanced filter', () => {
  const RULES: [fieldName: string, operator: string, value: unknown, holds: boolean][] = [
    ['id', 'eq', '7', true],
    ['id', 'eq', 7, false],
    ['done', 'eq', false, true],
    ['nothing', 'eq', null, true],
    ['missing', 'eq', null, true],
    ['severity', 'ne', 5, false],
    ['severity', 'ne', 6, true],
    ['missing', 'ne', 6, true],
    ['severity', 'le', 5, true],
    ['severity', 'le', 4, false],
    ['severity', 'lt', 6, true],
    ['severity', 'lt', 5, false],
    ['severity', 'ge', 5, true],
    ['severity', 'ge', 6, false],
    ['severity', 'gt', 4, true],
    ['severity', 'gt', 5, false],
    ['severity', 'gt', '4', false],
    ['missing', 'lt', 5, false],
    ['id', 'ge', '6', true],
    ['title', 'contains', 'printer', true],
    ['title', 'contains', 'Printer', false],
    ['tags', 'contains', 'fire', true],
    ['tags', 'contains', 'fir', false],
    ['title', 'notContains', 'scanner', true],
    ['title', 'notContains', 'printer', false],
    ['tags', 'notContains', 'fire', false],
    ['title', 'beginsWith', 'The', true],
    ['title', 'beginsWith', 'the', false],
    ['severity', 'beginsWith', '5', false],
    ['severity', 'in', [1, 5], true],
    ['severity', 'in', [1, 2], false],
    ['severity', 'in', [], false],
    ['severity', 'notIn', [1, 2], true],
    ['severity', 'notIn', [5], false],
    ['severity', 'between', [5, 9], true],
    ['severity', 'between', [1, 5], true],
    ['severity', 'between', [6, 9], false],
    ['title', 'between', ['S', 'U'], true],
    ['tags', 'containsAny', ['water', 'fire'], true],
    ['tags', 'containsAny', ['water'], false],
    ['title', 'containsAny', ['scanner', 'burns'], true],
    ['owner.name', 'eq', 'alice', true],
    ['owner.name', 'eq', 'bob', false],
    ['owner.missing.name', 'eq', 'bob', false],
    ['owner.team.lead.deputy.name', 'eq', 'bob', true],
    ['owner.team.lead.deputy.name', 'eq', 'eve', false],
    // Deeper than five levels: ignored.
    ['owner.team.lead.deputy.boss.name', 'eq', 'nobody', true],
    ['constructor.name', 'eq', 'Object', false],
  ];
  test.each(RULES)('%s %s %j is %s', (fieldName, operator, value, holds) => {
    expect(matches(fieldName, operator, value)).toBe(holds);
  });
});

describe('An enhanced filter', () => {
  const rule = (fieldName: string, value: unknown) => ({ fieldName, operator: 'eq', value });
  const [yes, no] = [rule('id', '7'), rule('id', '8')];

  test.each([
    [[[yes, yes]], true],
    [[[yes, no]], false],
    [[[no], [yes]], true],
    [[[no, yes], [no]], false],
    [[[]], true],
    [[], false],
  ])('of groups %j, which are alternatives of rules that all hold, is %s', (groups, expected) => {
    const filter = subscriptionFilter({ filterGroup: groups.map((filters) => ({ filters })) });
    expect(matchesFilter(filter, PAYLOAD)).toBe(expected);
  });

  test.each([
    ['is no object', 'text'],
    ['has no groups', {}],
    ['has groups that are no list', { filterGroup: {} }],
  ])('that %s is refused', (_, given) => {
    expect(() => subscriptionFilter(given)).toThrow(InvalidFilter);
  });

  test.each([
    ['an operator that is not there', { fieldName: 'a', operator: 'gte', value: 1 }, /operator must be one of eq, ne/],
    ['an operator of Object', { fieldName: 'a', operator: 'toString', value: 1 }, /operator must be one of/],
    ['no field', { operator: 'eq', value: 1 }, /fieldName must be/],
    ['a path that is too long', { fieldName: 'a'.repeat(257), operator: 'eq', value: 1 }, /256/],
    ['six values for in', { fieldName: 'a', operator: 'in', value: [1, 2, 3, 4, 5, 6] }, /at most 5/],
    ['six values for notIn', { fieldName: 'a', operator: 'notIn', value: [1, 2, 3, 4, 5, 6] }, /at most 5/],
    ['one value for in', { fieldName: 'a', operator: 'in', value: 1 }, /a list/],
    ['21 values for containsAny', { fieldName: 'a', operator: 'containsAny', value: Array(21).fill(1) }, /at most 20/],
    ['one end for between', { fieldName: 'a', operator: 'between', value: [1] }, /two values/],
  ])('with %s is refused', (_, filter, message) => {
    expect(() => subscriptionFilter({ filterGroup: [{ filters: [filter] }] })).toThrow(message);
  });

  test('with a rule or a group that is no object is refused', () => {
    expect(() => subscriptionFilter({ filterGroup: [{ filters: [null] }] })).toThrow(InvalidFilter);
    expect(() => subscriptionFilter({ filterGroup: [null] })).toThrow(InvalidFilter);
  });
});

describe('The arguments of a subscription', () => {
  test.each([
    [{}, true],
    [{ id: '7' }, true],
    [{ id: '8' }, false],
    [{ id: '7', done: false }, true],
    [{ id: '7', done: true }, false],
    // Null asks for a null; an absent field is one.
    [{ nothing: null }, true],
    [{ missing: null }, true],
    [{ id: null }, false],
    [{ tags: ['fire', 'printer'] }, true],
    [{ tags: ['fire'] }, false],
    [{ owner: 'alice' }, false],
  ])('%j match: %s', (args, expected) => {
    expect(matchesArguments(args, PAYLOAD)).toBe(expected);
  });
});
