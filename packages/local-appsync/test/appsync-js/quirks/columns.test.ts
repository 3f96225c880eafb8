import { gave, MODES, run } from './support';

const refused = "TypeError: Cannot read properties of undefined (reading 'b')";

/** Code that fails in JavaScript, between and behind what is rewritten; the same is told in each reading. */
test.each([
  ['before an edit', 'return ctx.gone.b === ctx.args.x;', `code.js:4:17: ${refused}`],
  ['on the right of an edit', 'return ctx.args.x === ctx.gone.b;', `code.js:4:32: ${refused}`],
  [
    'behind edits of its line',
    'const y = ctx.args.x !== ctx.prev; return ctx.args.y === y || ctx.gone.b;',
    `code.js:4:72: ${refused}`,
  ],
  ['within nested edits', 'return (ctx.args.x ?? f(ctx.args.y === ctx.gone.b)) === 1;', `code.js:4:49: ${refused}`],
  [
    'in a callback that is handed over',
    'return [1].map((n) => n === ctx.args.x || ctx.gone.b);',
    `code.js:4:52: ${refused}`,
  ],
  ['as the method that is called', 'return ctx.gone.b.map((n) => n);', `code.js:4:17: ${refused}`],
  [
    'within a loop',
    'for (const x of [ctx.args.x]) { ctx.stash.x = x === ctx.prev; ctx.gone.b; }',
    `code.js:4:72: ${refused}`,
  ],
  ['in a line of its own', 'return (\n  ctx.args.x\n    === ctx.gone.b);', `code.js:6:18: ${refused}`],
  [
    'behind a comment that looks like an operator',
    'return ctx.args.x /* === */ === ctx.gone.b;',
    `code.js:4:42: ${refused}`,
  ],
  ['at the load', 'return limit;', `code.js:7:33: ${refused}`],
])('A failure %s is told where it was written', (_where, body, told) => {
  const beside = 'const limit = told() === ({}).a.b;\nfunction told() { return 1; }\nfunction f(a) { return a; }';
  const handler = told.includes(':7:') ? { body, beside } : { body, beside: 'function f(a) { return a; }' };
  expect(MODES.map((mode) => gave(run(mode, handler)))).toEqual([told, told, told]);
});

test.each([
  ['minified', 'const r=[];for(const x of[1,2])if(x===ctx.prev)r.push(x);else r.push(typeof x);return r'],
  ['without semicolons', 'const a = ctx.args.x === ctx.prev\nconst b = [a].map((n) => n)\nreturn b'],
  ['of Windows', 'const a = ctx.args.x\r\n  === ctx.prev\r\nreturn [a];'],
  [
    'with parentheses',
    'return [((ctx.args.x)) === ((ctx.prev)), !(ctx.args.x === ctx.prev), ((ctx.args.x) ?? (f(1)))];',
  ],
  ['with a sequence', 'return [(f(1), ctx.args.x) === ctx.prev];'],
  ['with names of ours', 'const $q = 1; const $q_ = 2;\nreturn [ctx.args.x === $q, $q + $q_];'],
  ['with templates in templates', 'return `${`${ctx.args.id}${ctx.args.id === ctx.args.x}`}${1}${ctx.args.id}`;'],
  [
    'with a computed key and a spread',
    "const k = 'a';\nreturn { [k]: ctx.args.id, ...(ctx.args.x === 1 && { z: 1 }), 'b c': 1 };",
  ],
  [
    'with a default after a default',
    'const f2 = (n) => { const { a, ...rest } = n; return [a, rest]; };\nreturn f2({ a: 1, b: 2, c: 3 });',
  ],
])('Code %s means the same where no quirk acts', (_how, body) => {
  const ctx = { prev: { result: 1 } };
  const given = MODES.map((mode) => run(mode, { body, ctx, beside: 'function f(a) { return a; }' }));
  expect(given[0]!.outcome.kind).toBe('value');
  expect(given.map(gave)).toEqual([gave(given[0]!), gave(given[0]!), gave(given[0]!)]);
});
