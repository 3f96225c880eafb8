import { findProblems } from '../../../src/appsync-js/type-check/find-problems';
import type { Problem } from '../../../src/appsync-js/type-check/problem';
import { moduleWith } from '../realm/support';

function place({ line, column, rule }: Problem): string {
  return `${line}:${column} ${rule}`;
}

function placesIn(code: string): string[] {
  return findProblems([code])[0]!.map(place);
}

describe('nothing is wrong with', () => {
  test.each([
    ['what is added to the stash', 'ctx.stash.x = 1; ctx.stash.list ??= []; return {};'],
    ['an error of one argument or of four', "if (ctx.args.a) util.error('x'); util.error('x', 'T', null, { a: 1 });"],
    ['an object that grows', 'const found = {}; found.a = 1; found[ctx.args.key] = 2; return found;'],
    ['a list that grows', 'const found = []; found.push({ a: 1 }); found.push({ b: 2 }); return found;'],
    ['the console', 'console.log(ctx.args); console.error("x"); return null;'],
    ['identities', "return [ctx.identity.sub, ctx.identity.claims['cognito:groups'], ctx.identity.username];"],
    [
      'a filter for subscriptions',
      'extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ id: { eq: ctx.args.id } })); return null;',
    ],
    ['an early return', "return runtime.earlyReturn({ a: 1 }, { skipTo: 'END' });"],
    ['a put whose key is not in the item', 'return ddb.put({ key: { id: util.autoId() }, item: { words: "x" } });'],
    [
      'a put whose condition names what is not in the item',
      'return ddb.put({ key: { id: "1" }, item: { a: 1 }, condition: { version: { eq: ctx.args.version } } });',
    ],
    [
      'an update on a condition',
      `const { id, ...values } = ctx.args;
       return ddb.update({ key: { id }, update: { ...values, n: ddb.operations.increment(1) }, condition: { id: { attributeExists: true } } });`,
    ],
    [
      'a condition that is null but for some',
      `let condition = null;
       if (ctx.args.version) { condition = { or: [{ id: { attributeExists: false } }, { version: { eq: ctx.args.version } }] }; }
       return ddb.remove({ key: { id: ctx.args.id }, condition });`,
    ],
    [
      'a query with a filter',
      `return ddb.query({ index: 'i', query: { a: { eq: 'x' }, at: { between: ['a', 'b'] } }, filter: { or: [{ b: { contains: 'x' } }] }, limit: 20, nextToken: ctx.args.nextToken });`,
    ],
    ['a scan with a filter', 'return ddb.scan({ filter: { tags: { contains: ctx.args.tag } } });'],
    [
      'a transaction',
      `return ddb.transactWrite({ items: [
         { putItem: { table: 't', key: { id: '1' }, item: { a: 1 }, condition: { b: { attributeExists: false } } } },
         { conditionCheck: { table: 't', key: { id: '2' }, condition: { a: { eq: 1 } } } },
       ] });`,
    ],
    [
      'requests that are written out',
      `return { operation: 'PutItem', key: util.dynamodb.toMapValues({ id: 1 }), attributeValues: util.dynamodb.toMapValues(ctx.args) };`,
    ],
  ])('%s', (_, body) => {
    expect(findProblems([moduleWith(body)])).toEqual([[]]);
  });

  test('globals that nothing imports', () => {
    const code =
      'export function request() { util.error(`${extensions} ${runtime}`); }\nexport const response = (ctx) => ctx.result;';
    expect(placesIn(code)).toEqual([]);
  });

  test('types in comments', () => {
    const code = `import { util } from '@aws-appsync/utils';
/**
 * @param {import('@aws-appsync/utils').Context<{ id: string, limit?: number }>} ctx
 * @returns {import('@aws-appsync/utils').HTTPRequest} the request
 */
export function request(ctx) {
  const { id, limit = 20 } = ctx.args;
  return { method: 'GET', resourcePath: \`/\${util.urlEncode(id)}\`, params: { query: { limit: \`\${limit}\` } } };
}
/** @param {import('@aws-appsync/utils').Context} ctx */
export const response = (ctx) => ctx.result.body;`;
    expect(placesIn(code)).toEqual([]);
  });
});

test('a type that does not fit is named as tsc names it, where it stands', () => {
  expect(findProblems([moduleWith('let open = true;\n  open = 1;\n  return open;')])).toEqual([
    [{ line: 5, column: 3, rule: 'TS2322', message: "Type 'number' is not assignable to type 'boolean'." }],
  ]);
});

test('the whole of a long explanation is told', () => {
  const body = `const rule = (operator) => ({ fieldName: 'a', operator: operator ? 'eq' : 'x', value: 1 });
    extensions.setSubscriptionFilter({ filterGroup: [{ filters: [rule(1)] }] });`;
  const [problem] = findProblems([moduleWith(body)])[0]!;
  expect(place(problem!)).toBe('5:66 TS2322');
  expect(problem!.message.split('\n').length).toBeGreaterThan(2);
});

test.each([
  ['another element than the first', 'const rows = [{ a: 5 }]; rows.push({ b: 6 });', '4:36 TS2345'],
  ['a method that AppSync does not have', 'return util.autoIdd();', '4:13 TS2551'],
  ['too few arguments', 'util.error();', '4:6 TS2554'],
  ['a key twice', 'return { a: 1, a: 2 };', '4:16 TS1117'],
  ['a misspelled option of a helper', 'return ddb.get({ kee: { id: 1 } });', '4:18 TS2353'],
  ['what only browsers have', 'return document.title;', '4:8 TS2584'],
  ['what only Node.js has', 'return process.env;', '4:8 TS2591'],
  [
    'a function that is handed over',
    'const call = (f) => f(1); return call((n) => n);',
    '4:34 @aws-appsync/no-function-passing',
  ],
  ['a method that AppSync lacks', 'return "a".padStart(3);', '4:8 @aws-appsync/no-disallowed-methods'],
  ['a regular expression', 'return /a/;', '4:8 @aws-appsync/no-regex'],
])('%s is refused', (_, body, expected) => {
  expect(placesIn(moduleWith(body))).toContain(expected);
});

test('what can not be parsed is a problem like others', () => {
  expect(placesIn('export function request(ctx) { return')).toEqual(['1:38 TS1005']);
});

test('problems come in order of place, whoever finds them', () => {
  expect(placesIn(moduleWith('return [/a/,\n util.autoIdd(),\n /b/];'))).toEqual([
    '4:9 @aws-appsync/no-regex',
    '5:7 TS2551',
    '6:2 @aws-appsync/no-regex',
  ]);
});

test('code can not excuse itself from the lint rules', () => {
  expect(placesIn(moduleWith('/* eslint-disable */ return /a/;'))).toEqual(['4:29 @aws-appsync/no-regex']);
});

test('each code stands alone: names are not shared, and problems are told of the code that has them', () => {
  const codes = ['const shared = 1;', moduleWith('return shared;'), 'const shared = 2;', moduleWith('return {};')];
  expect(findProblems(codes).map((problems) => problems.map(place))).toEqual([[], ['4:8 TS2304'], [], []]);
});
