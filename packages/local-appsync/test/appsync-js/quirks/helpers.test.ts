import { actedAt, gave, MODES, NOW, run, warningsOf } from './support';

describe('A time on a whole second', () => {
  test('is written without .000, but for ecmascript', () => {
    const body = `return [util.time.nowISO8601(), util.time.epochMilliSecondsToISO8601(${NOW} + 7)];`;
    const [whole, fraction] = ['2026-01-02T03:04:05', '2026-01-02T03:04:05.007Z'];
    expect(gave(run('ecmascript', { body }))).toEqual([`${whole}.000Z`, fraction]);
    for (const mode of ['appsync', 'strictest'] as const) {
      const ran = run(mode, { body });
      expect(gave(ran)).toEqual([`${whole}Z`, fraction]);
      expect(actedAt(ran, 'T1')).toEqual(['4:19']);
    }
  });

  test('that is compared as text is named at the load', () => {
    const body = 'const now = util.time.nowISO8601();\nreturn now === ctx.args.at;';
    expect(warningsOf({ body })).toEqual([expect.stringMatching(/^code\.js:5:8: now === ctx\.args\.at.*\(T1: /)]);
  });
});

describe('util.matches', () => {
  test.each([
    ["util.matches('b', 'abc')", false, true],
    ["util.matches('^b$', 'abc')", false, false],
    ["util.matches('a.c', 'abc')", true, true],
  ])('%s', (expression, plain, reported) => {
    const body = `return ${expression};`;
    expect(MODES.map((mode) => gave(run(mode, { body })))).toEqual([plain, plain, reported]);
  });

  test.each([
    ["'b'", ['code.js:4:8']],
    ['PATTERN', ['code.js:4:8']],
    ['`^${PATTERN}`', ['code.js:4:8']],
    ["'^b$'", []],
    ['`^${PATTERN}$`', []],
    ['ctx.args.pattern', []],
  ])('with the pattern %s is named where it is open', (pattern, expected) => {
    const handler = { body: `return util.matches(${pattern}, 'abc');`, beside: "const PATTERN = 'b';" };
    expect(warningsOf(handler).map((line) => line.slice(0, 11))).toEqual(expected);
  });
});

test("trim is Java's in strictest", () => {
  const body = "return ['\\u00a0x\\u3000'.trim(), '\\u0007x '.trim(), ' x\\n'.trim()];";
  expect(gave(run('appsync', { body }))).toEqual(['x', '\u0007x', 'x']);
  const ran = run('strictest', { body });
  expect(gave(ran)).toEqual(['\u00a0x\u3000', 'x', 'x']);
  expect(actedAt(ran, 'T5')).toEqual(['4:25', '4:44']);
});

describe('A lone surrogate in a literal', () => {
  const body = "return ['?' === '\\ud800', `a\\udfff${ctx.args.id}`.length, '\\ud83d\\ude00' === '?'];";

  test('is a question mark in strictest', () => {
    expect(gave(run('appsync', { body }))).toEqual([false, 3, false]);
    expect(gave(run('strictest', { body }))).toEqual([true, 3, false]);
    expect(gave(run('strictest', { body: 'return `\\`\\${\\ud800`;' }))).toBe('`${?');
  });

  test('is named at the load', () => {
    expect(warningsOf({ body }).map((line) => line.slice(0, 12))).toEqual(['code.js:4:17', 'code.js:4:28']);
  });
});

describe('runtime.earlyReturn', () => {
  test.each(['', 'null', 'undefined', 'ctx.args.gone', "null, { skipTo: 'END' }"])(
    'of (%s) fails in strictest',
    (given) => {
      const body = `runtime.earlyReturn(${given});`;
      expect(run('appsync', { body }).outcome).toMatchObject({ kind: 'earlyReturn', value: null });
      const ran = run('strictest', { body });
      expect(ran.outcome).toEqual({
        kind: 'error',
        error: { message: 'Runtime Error', errorType: 'Code', data: null, errorInfo: null },
      });
      expect(actedAt(ran, 'P1')).toEqual(['4:9']);
    },
  );

  test('of an object is one in all', () => {
    const body = "runtime.earlyReturn({}, { skipTo: 'END' });";
    const expected = { kind: 'earlyReturn', value: {}, skipTo: 'END' };
    expect(MODES.map((mode) => run(mode, { body }).outcome)).toEqual([expected, expected, expected]);
  });

  test.each([
    ['', 1],
    ['null', 1],
    ['ctx.args.a ? {} : null', 1],
    ['ctx.args.a ?? null', 1],
    ['NOTHING', 1],
    ['{}', 0],
    ['ctx.args.a', 0],
  ])('of (%s) is named where it says null', (given, count) => {
    const handler = { body: `runtime.earlyReturn(${given});`, beside: 'const NOTHING = null;' };
    expect(warningsOf(handler)).toHaveLength(count);
  });
});

describe('util.error', () => {
  test.each([
    ["util.error(404, 'T')", '404', 'went on'],
    ["util.error('m', 404)", 'm', 'went on'],
    ['util.error(ctx.args.gone)', '', 'went on'],
    ["util.error('m')", 'm', 'm'],
    ["util.error('m', null)", 'm', 'm'],
    ["util.error('m', 'T', null, null)", 'm', 'm'],
    ['util.unauthorized()', 'Unauthorized', 'Unauthorized'],
  ])('%s', (call, plain, reported) => {
    const body = `${call};\nreturn 'went on';`;
    expect(MODES.map((mode) => gave(run(mode, { body })))).toEqual([plain, plain, reported]);
  });

  test('also when it is appended', () => {
    const body = "util.appendError(1);\nutil.appendError('m', {});\nutil.appendError('m');";
    expect(run('appsync', { body }).appendedErrors).toHaveLength(3);
    const ran = run('strictest', { body });
    expect(ran.appendedErrors).toHaveLength(1);
    expect(actedAt(ran, 'P5')).toEqual(['4:6', '5:6']);
  });

  test('is named where it says what is no string', () => {
    const body = "util.error(404);\nutil.error('m', { a: 1 });\nutil.error(ctx.args.m, ctx.args.t);";
    expect(warningsOf({ body }).map((line) => line.slice(0, 11))).toEqual(['code.js:4:1', 'code.js:5:1']);
  });
});
