import { InvalidCode, Realm } from '../../../src/appsync-js/realm/realm';
import { containing, contextWith, evaluate, matching, moduleWith, runner } from './support';

const { run, valueOf } = runner();

describe('A handler ends', () => {
  it('with its value', () => {
    expect(run('return { id: ctx.args.id };').outcome).toEqual({ kind: 'value', value: { id: '1' } });
  });

  it.each(['', 'return;', 'return undefined;', 'return null;'])('with null, given "%s"', (body) => {
    expect(run(body).outcome).toEqual({ kind: 'value', value: null });
  });

  it('with the error of util.error, and nothing after it runs', () => {
    const { outcome, stash } = run("util.error('no', 'Refused', { id: 1 }, { why: 'x' }); ctx.stash.after = true;");
    expect(outcome).toEqual({
      kind: 'error',
      error: { message: 'no', errorType: 'Refused', data: { id: 1 }, errorInfo: { why: 'x' } },
    });
    expect(stash).toEqual({});
  });

  it('with an error whose type, data and info are null when not given', () => {
    expect(run("util.error('no');").outcome).toEqual({
      kind: 'error',
      error: { message: 'no', errorType: null, data: null, errorInfo: null },
    });
  });

  it('with Unauthorized after util.unauthorized', () => {
    expect(run('util.unauthorized();').outcome).toMatchObject({
      kind: 'error',
      error: { errorType: 'Unauthorized', message: 'Unauthorized' },
    });
  });

  it('with an error raised deep inside a callback', () => {
    expect(run("[1, 2].forEach((n) => { if (n === 2) util.error('second'); });").outcome).toMatchObject({
      error: { message: 'second', errorType: null },
    });
  });

  it.each([
    ['runtime.earlyReturn();', null, null],
    ['runtime.earlyReturn({ a: 1 });', { a: 1 }, null],
    ["runtime.earlyReturn({ a: 1 }, { skipTo: 'END' });", { a: 1 }, 'END'],
    ["runtime.earlyReturn([], { skipTo: 'NEXT' });", [], 'NEXT'],
  ])('early after %s', (body, value, skipTo) => {
    const { outcome, stash } = run(`${body} ctx.stash.after = true;`);
    expect(outcome).toEqual({ kind: 'earlyReturn', value, skipTo });
    expect(stash).toEqual({});
  });

  it('in an error when earlyReturn is to skip to an unknown place', () => {
    expect(run("runtime.earlyReturn({}, { skipTo: 'START' });").outcome).toMatchObject({
      error: { errorType: 'Code', message: containing("skipTo is 'END' or 'NEXT', not START") },
    });
  });

  it('in an error when its value has no JSON form', () => {
    expect(run('const a = {}; a.self = a; return a;').outcome).toMatchObject({
      kind: 'error',
      error: { errorType: 'Code', message: containing('TypeError: Converting circular structure') },
    });
  });
});

describe('util.appendError', () => {
  it('adds errors in order and lets the handler go on', () => {
    const { outcome, appendedErrors } = run("util.appendError('one'); util.appendError('two', 'T', [1], 2); return 3;");
    expect(outcome).toEqual({ kind: 'value', value: 3 });
    expect(appendedErrors).toEqual([
      { message: 'one', errorType: null, data: null, errorInfo: null },
      { message: 'two', errorType: 'T', data: [1], errorInfo: 2 },
    ]);
  });

  it('keeps data as it was at the call', () => {
    const { appendedErrors } = run("const d = { n: 1 }; util.appendError('x', 'T', d); d.n = 2; return null;");
    expect(appendedErrors).toMatchObject([{ data: { n: 1 } }]);
  });

  it('is kept when the handler then fails', () => {
    const { outcome, appendedErrors } = run("util.appendError('first'); util.error('last');");
    expect(outcome).toMatchObject({ kind: 'error', error: { message: 'last' } });
    expect(appendedErrors).toMatchObject([{ message: 'first' }]);
  });

  it('leaves nothing for the next handler', () => {
    run("util.appendError('first');");
    expect(run('return 1;').appendedErrors).toEqual([]);
  });
});

describe('An exception names the place in the code as written', () => {
  it.each([
    [
      'on the first line',
      'export function request(ctx) { return ctx.gone.field; }\nexport function response() {}',
      '1:48',
    ],
    [
      'on a later line',
      'export function request(ctx) {\n\n  return ctx.gone.field;\n}\nexport function response() {}',
      '3:19',
    ],
    [
      'after an import on the same line',
      "import { util } from '@aws-appsync/utils'; export const request = (ctx) => ctx.gone.field;\nexport function response() {}",
      '1:85',
    ],
    [
      'after an import of several lines',
      "import {\n  util,\n} from '@aws-appsync/utils';\nexport const request = (ctx) => ctx.gone.field;\nexport function response() {}",
      '4:42',
    ],
    [
      'in a bundle with its exports at the end',
      'var request = (ctx) => ctx.gone.field;\nfunction response() {}\nexport {\n  request,\n  response\n};',
      '1:33',
    ],
    [
      'at the top of the module',
      'const { a } = undefined.b;\nexport function request() {}\nexport function response() {}',
      '1:25',
    ],
    [
      'with Windows line ends',
      'export function request(ctx) {\r\n  return ctx.gone.field;\r\n}\r\nexport function response() {}',
      '2:19',
    ],
    [
      'in a callback of a helper function',
      'const pick = (x) => x.gone.field;\nexport function request() { return [{}].map(pick); }\nexport function response() {}',
      '1:28',
    ],
    [
      'beyond text that looks like a place',
      "export function request(ctx) {\n  return ctx.args['\\n    at x (code.js:9:9)'].field;\n}\nexport function response() {}",
      '2:47',
    ],
  ])('%s', (_where, code, place) => {
    expect(evaluate(code, 'request').outcome).toMatchObject({
      kind: 'error',
      error: { errorType: 'Code', message: matching(new RegExp(`^code\\.js:${place}: TypeError: Cannot read prop`)) },
    });
  });

  it('also when a helper is what failed', () => {
    expect(run('\n  return util.xml.toMap("<a/>");').outcome).toMatchObject({
      error: { message: 'code.js:5:19: Error: not supported locally: util.xml.toMap' },
    });
  });
});

describe('ctx', () => {
  it('has args as another name of arguments', () => {
    expect(run('ctx.args.id = 2; return ctx.arguments.id;').outcome).toEqual({ kind: 'value', value: 2 });
  });

  it.each(['identity', 'source', 'request', 'prev', 'env', 'result', 'error'])('carries %s', (name) => {
    const given = {
      identity: { sub: 's' },
      source: { id: 's' },
      prev: { result: [1] },
      env: { TABLE: 't' },
      result: { a: 1 },
      request: { headers: { 'x-a': ['1', '2'] }, domainName: 'd' },
      error: { message: 'm', type: 't' },
    };
    expect(valueOf(`ctx.${name}`, given)).toEqual(given[name as keyof typeof given]);
  });

  it.each([
    ['a property', 'const c = ctx; c.args = {};'],
    ['a new property', 'const c = ctx; c.mine = 1;'],
    ['the stash itself', 'const c = ctx; c.stash = {};'],
    ['a property by delete', 'const c = ctx; delete c.prev;'],
    ['a variable of the environment', "const { env } = ctx; env.TABLE = 'x';"],
  ])('refuses a write to %s at run time', (_what, body) => {
    expect(run(body, { env: { TABLE: 't' } }).outcome).toMatchObject({
      kind: 'error',
      error: { errorType: 'Code', message: matching(/^code\.js:4:\d+: TypeError: /) },
    });
  });

  it('lets the stash be filled, changed and emptied', () => {
    const { stash } = run('ctx.stash.b = { c: [1] }; ctx.stash.a += 1; delete ctx.stash.gone;', {
      stash: { a: 1, gone: 1 },
    });
    expect(stash).toEqual({ a: 2, b: { c: [1] } });
  });

  it('leaves the stash of the caller alone', () => {
    const stash = { list: [1] };
    run('ctx.stash.list.push(2);', { stash });
    expect(stash).toEqual({ list: [1] });
  });

  it('gives the stash back when the handler fails', () => {
    expect(run("ctx.stash.a = 1; util.error('no');").stash).toEqual({ a: 1 });
  });

  it('has the selection set by name but not in JSON.stringify(ctx.info)', () => {
    expect(valueOf('[ctx.info.selectionSetList, ctx.info.selectionSetGraphQL]')).toEqual([['id'], '{ id }']);
    expect(JSON.parse(String(valueOf('JSON.stringify(ctx.info)')))).toEqual({
      fieldName: 'thing',
      parentTypeName: 'Query',
      variables: {},
    });
  });
});

describe('A module', () => {
  it('starts afresh for each handler', () => {
    const code = new Realm().load(
      'counter',
      'let count = 0;\nconst seen = [];\nexport function request() { count += 1; seen.push(count); return seen; }\nexport function response() { count += 1; return count; }',
    );
    expect(code.evaluate('request', contextWith()).outcome).toEqual({ kind: 'value', value: [1] });
    expect(code.evaluate('request', contextWith()).outcome).toEqual({ kind: 'value', value: [1] });
    expect(code.evaluate('response', contextWith()).outcome).toEqual({ kind: 'value', value: 1 });
  });

  it.each([
    ['no import', "export function request() { return util.dynamodb.toDynamoDB('a'); }"],
    [
      'a named import',
      "import { util } from '@aws-appsync/utils';\nexport function request() { return util.dynamodb.toDynamoDB('a'); }",
    ],
    [
      'a renamed import',
      "import { util as u } from '@aws-appsync/utils';\nexport function request() { return u.dynamodb.toDynamoDB('a'); }",
    ],
    [
      'a namespace import',
      "import * as utils from '@aws-appsync/utils';\nexport function request() { return utils.util.dynamodb.toDynamoDB('a'); }",
    ],
    [
      'a default import',
      "import utils from '@aws-appsync/utils';\nexport function request() { return utils.util.dynamodb.toDynamoDB('a'); }",
    ],
    [
      'an import below its use',
      "export function request() { return u.dynamodb.toDynamoDB('a'); }\nimport { util as u } from '@aws-appsync/utils';",
    ],
    [
      'two modules',
      "import { util as u } from '@aws-appsync/utils';\nimport { get } from '@aws-appsync/utils/dynamodb';\nexport function request() { return get({ key: { id: u.dynamodb.toDynamoDB('a').S } }).key.id; }",
    ],
  ])('reaches the helpers with %s', (_how, request) => {
    expect(evaluate(`${request}\nexport function response() {}`, 'request').outcome).toEqual({
      kind: 'value',
      value: { S: 'a' },
    });
  });

  it('may name its own things like a helper', () => {
    expect(
      evaluate(
        'const util = { a: 1 };\nexport function request() { return util.a; }\nexport function response() {}',
        'request',
      ).outcome,
    ).toEqual({ kind: 'value', value: 1 });
  });

  it('runs in strict mode', () => {
    expect(run("const text = 'a'; text.b = 1;").outcome).toMatchObject({ error: { message: containing('TypeError') } });
  });

  it('cannot change the helpers for others', () => {
    expect(run('const u = util; u.mine = 1;').outcome).toMatchObject({ error: { message: containing('TypeError') } });
    expect(run('const t = util.time; t.nowISO8601 = 1;').outcome).toMatchObject({
      error: { message: containing('TypeError') },
    });
  });
});

describe('Realm.load', () => {
  it('has both handlers of valid code', () => {
    const code = new Realm().load('x', moduleWith('return 1;'));
    expect([code.has('request'), code.has('response')]).toEqual([true, true]);
  });

  it('refuses code that AppSync would refuse, naming code, place and remedy', () => {
    const load = () => new Realm().load('Query.thing', moduleWith('  throw ctx;'));
    expect(load).toThrow(InvalidCode);
    expect(load).toThrow(/the code of Query\.thing.*\n +code\.js:4:3: throw is not supported; call util\.error/);
  });

  it('keeps two realms apart', () => {
    const lines: string[] = [];
    const first = new Realm({ log: (_level, line) => lines.push(`first ${line}`) });
    const second = new Realm({ log: (_level, line) => lines.push(`second ${line}`) });
    for (const realm of [first, second]) {
      realm.load('x', moduleWith("console.log('hello');")).evaluate('request', contextWith());
    }
    expect(lines).toEqual(['first hello', 'second hello']);
  });

  it('does not take a fault of the log for a fault of the code', () => {
    const realm = new Realm({
      log: () => {
        throw new Error('disk full');
      },
    });
    const code = realm.load('x', moduleWith("console.log('hello');"));
    expect(() => code.evaluate('request', contextWith())).toThrow('disk full');
  });
});
