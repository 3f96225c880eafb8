import type { Handler } from './support';
import { actedAt, gave, MODES, run, warningsOf } from './support';

const many = Array.from({ length: 1500 }, (_, i) => i);
const ctx = { arguments: { many, text: 'a'.repeat(1500), emoji: '😀'.repeat(1001), two: [1, 2] } };

function counted(of: string) {
  return `let n = 0;\nfor (const each of ${of}) { n += 1; }\nreturn n;`;
}

describe('Over 1,000 elements', () => {
  test.each<[string, string, unknown, unknown]>([
    ['for…of', counted('ctx.args.many'), 1500, 1000],
    ['for…of over a string', counted('ctx.args.text'), 1500, 1000],
    ['for…of over characters of two units', counted('ctx.args.emoji'), 1001, 1000],
    ['forEach', 'let n = 0;\nctx.args.many.forEach(() => { n += 1; });\nreturn n;', 1500, 1000],
    ['map', 'return ctx.args.many.map((n) => n).length;', 1500, 1000],
    ['filter', 'return ctx.args.many.filter((n) => n >= 0).length;', 1500, 1000],
    ['reduce', 'return ctx.args.many.reduce((sum, n) => sum + 1, 0);', 1500, 1000],
    ['reduce without a start', 'return ctx.args.many.reduce((sum, n) => sum + 1);', 1499, 999],
    ['find', 'return ctx.args.many.find((n) => n === 1200);', 1200, null],
    ['findIndex', 'return ctx.args.many.findIndex((n) => n === 1200);', 1200, -1],
    ['some', 'return ctx.args.many.some((n) => n === 1200);', true, false],
    ['every', 'return ctx.args.many.every((n) => n < 1000);', false, true],
    ['flatMap', 'return ctx.args.many.flatMap((n) => [n, n]).length;', 3000, 2000],
    ['a method behind ?.', 'return ctx.args?.many.map((n) => n).length;', 1500, 1000],
    ['a named function', 'const one = (n) => 1;\nreturn ctx.args.many.map(one).length;', 1500, 1000],
  ])('%s stops', (what, body, plain, reported) => {
    expect(gave(run('ecmascript', { body, ctx }))).toBe(plain);
    expect(gave(run('appsync', { body, ctx }))).toBe(reported);
    // Strings are no lists there.
    if (!/string|characters/.test(what)) {
      expect(gave(run('strictest', { body, ctx }))).toBe(reported);
    }
  });

  test.each([
    ['slice', 'return ctx.args.many.slice(0, 1200).length;', 1200],
    ['concat', 'return ctx.args.many.concat([1]).length;', 1501],
    [
      'a loop that ends before',
      'let n = 0;\nfor (const each of ctx.args.many) { n += 1; if (n > 5) break; }\nreturn n;',
      6,
    ],
    ['a helper', 'return util.dynamodb.toList(ctx.args.many).L.length;', 1500],
  ])('%s goes on', (_what, body, expected) => {
    const ran = run('appsync', { body, ctx });
    expect(gave(ran)).toBe(expected);
    expect(ran.quirks).toBeUndefined();
  });

  test('a stop is told with its place, once', () => {
    const body = 'const sizes = ctx.args.two.map((n) =>\n  ctx.args.many.map((m) => n).length);\nreturn sizes;';
    const ran = run('appsync', { body, ctx });
    expect(gave(ran)).toEqual([1000, 1000]);
    expect(actedAt(ran, 'L1')).toEqual(['5:3']);
    expect(ran.warned).toEqual([expect.stringMatching(/^Query\.thing code\.js:5:3: .*1,000.*\(L1: /)]);
  });

  test('1,000 are gone over without a word', () => {
    const thousand = { arguments: { many: many.slice(0, 1000) } };
    expect(run('appsync', { body: counted('ctx.args.many'), ctx: thousand })).toMatchObject({
      outcome: { value: 1000 },
      warned: [],
    });
  });
});

describe('A list that grows while for…of goes over it', () => {
  const growing =
    'const l = [1, 2];\nlet n = 0;\nfor (const each of l) { n += 1; if (n < 5) { l.push(each); } }\nreturn n;';

  test('is visited as it was', () => {
    expect(gave(run('ecmascript', { body: growing }))).toBe(6);
    for (const mode of ['appsync', 'strictest'] as const) {
      const ran = run(mode, { body: growing });
      expect(gave(ran)).toBe(2);
      expect(actedAt(ran, 'L2')).toEqual(['6:1']);
    }
  });

  test('in a helper, too', () => {
    const handler: Handler = {
      body: 'const l = [1];\nlet n = 0;\nfor (const each of l) { n += 1; if (n < 5) { grow(l); } }\nreturn n;',
      beside: 'function grow(l) { l.push(1); }',
    };
    expect([gave(run('ecmascript', handler)), gave(run('appsync', handler))]).toEqual([5, 1]);
  });

  test('is seen as it changes in place', () => {
    const body =
      'const l = [1, 2];\nconst seen = [];\nfor (const each of l) { seen.push(each); l[1] = 9; }\nreturn seen;';
    expect(MODES.map((mode) => gave(run(mode, { body })))).toEqual([
      [1, 9],
      [1, 9],
      [1, 9],
    ]);
  });

  test('is named at the load', () => {
    expect(warningsOf({ body: growing })).toEqual([
      expect.stringMatching(/^code\.js:6:46: .*l\.push\(each\).*; append to another list.*\(L2: /),
    ]);
  });
});

describe('for…of over a string', () => {
  test('is an error in strictest, told with its place', () => {
    const handler = { body: counted('ctx.args.text'), ctx };
    const ran = run('strictest', handler);
    expect(gave(ran)).toBe('code.js:5:29: TypeError: ctx.args.text is not iterable');
    expect(actedAt(ran, 'L6')).toEqual(['5:1']);
    expect(ran.warned).toEqual([expect.stringMatching(/code\.js:5:1: .*; go over text\.split\(''\) \(L6: /)]);
  });

  test('is told where it runs as in JavaScript', () => {
    const ran = run('appsync', { body: counted('ctx.args.id') });
    expect(gave(ran)).toBe(1);
    expect(ran.quirks).toBeUndefined();
    expect(ran.warned).toEqual([expect.stringMatching(/code\.js:5:1: .*; go over text\.split\(''\) \(L6: /)]);
  });

  test('is named at the load where the code shows that it is one', () => {
    expect(warningsOf({ body: 'const t = ctx.args.id.trim();\nfor (const c of t) { ctx.stash.c = c; }' })).toEqual([
      expect.stringMatching(/^code\.js:5:1: t is a string/),
    ]);
  });
});

test('for…of over what is no list fails in the words of JavaScript, at its place', () => {
  const body = '  for (const each of ctx.args.gone) { ctx.stash.each = each; }';
  const told = 'code.js:4:31: TypeError: ctx.args.gone is not iterable';
  expect(MODES.map((mode) => gave(run(mode, { body })))).toEqual([told, told, told]);
});

describe('return inside for…of', () => {
  const helper = (loop: string) => ({
    body: 'return first([1, 2, 3]);',
    beside: `function first(l) {\n${loop}\n  return 'end'; }`,
  });

  test.each([
    ['ends the loop alone', 'for (const x of l) { if (x > 1) return x; else x; }', 2],
    ['of a loop around it goes on', "for (const y of ['a', 'b']) {\n for (const x of l) { return y + x; } }", 'a1'],
    ['within a switch ends the loop', 'for (const x of l) { switch (x) { default: return x } }', 1],
    ['of nothing ends the loop', 'for (const x of l) { return; }', null],
  ])('%s, in a helper', (_what, loop, plain) => {
    expect(gave(run('ecmascript', helper(loop)))).toBe(plain);
    expect(gave(run('appsync', helper(loop)))).toBe(plain);
    const ran = run('strictest', helper(loop));
    expect(gave(ran)).toBe('end');
    expect(actedAt(ran, 'L7')).toHaveLength(1);
  });

  test('ends the handler in a handler', () => {
    const body = 'for (const x of [1, 2]) { return x; }\nreturn 9;';
    expect(MODES.map((mode) => gave(run(mode, { body })))).toEqual([1, 1, 1]);
  });

  test('of a callback ends the callback', () => {
    const beside = 'function all(l) {\nfor (const x of l) { l.map((y) => { return y; }); }\nreturn 9; }';
    expect(gave(run('strictest', { body: 'return all([1]);', beside }))).toBe(9);
  });

  test('is named at the load', () => {
    expect(warningsOf(helper('  for (const x of l) { return x; }'))).toEqual([
      expect.stringMatching(/^code\.js:8:24: return x; ends the loop, not the function; .*\(L7: /),
    ]);
  });
});
