import { InvalidCode, validateCode } from '../../../src/appsync-js/realm/validate';
import { containing, moduleWith } from './support';

/** "line:column message" of each problem of a request handler with this body (line 4). */
function problemsOf(body: string): string[] {
  return validateCode(moduleWith(body)).map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('Nothing is wrong with', () => {
  it.each([
    'return ddb.get({ key: { id: ctx.args.id } });',
    'const { a = 1, ...rest } = ctx.args; return { ...rest, a };',
    'for (const item of ctx.args.items) { if (item) { break; } }',
    'for (const name in ctx.args) { ctx.stash[name] = ctx.args[name]; }',
    "switch (ctx.args.kind) { case 'a': return 1; default: return null; }",
    'return ctx.args.items.map((item) => item.id).filter((id) => !!id).sort();',
    'const pick = (item) => item.id; return ctx.args.items.map(pick);',
    'const pick = function (item) { return item.id; }; return pick(ctx.args);',
    'function pick(item) { return item.id; } return ctx.args.items.map(pick);',
    'const status = (() => { return 1; })(); return status;',
    'const tag = (strings) => strings[0]; return tag`a`;',
    'return `${typeof ctx.args.a} ${void 0} ${5 & 3 | 1 ^ 2} ${1 << 2}`;',
    'const copy = { ...ctx.args }; delete copy.id; return copy;',
    'ctx.args.id = ctx.args.id ?? util.autoId(); ctx.stash.a = 1; ctx.stash.n += 1; return ctx.args?.id;',
    'let n = 0; n += 1; n -= 1; return -n + +n;',
    'return { date: util.time.nowISO8601(), text: util.dynamodb.toString("a"), map: {}, constructor: 1 };',
    'const { Date } = ctx.args; return Date;',
    'return [JSON.stringify(ctx.args), Object.keys(ctx.args), Math.max(1, 2), String.raw`a`, Number.isNaN(1), NaN, Infinity, undefined];',
    "return 'abc'.includes('a') ? 'abc'.substring(1) : 'a'.length;",
    'return ddb.update({ key: {}, update: { a: ddb.operations.increment(1) } });',
    'const { keys } = ctx.args; return { keys, entries: 1 };',
    'console.log(ctx); console.error("x");',
    'if (!ctx.identity) util.unauthorized(); runtime.earlyReturn(null);',
    'extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ a: { eq: 1 } })); return null;',
    'var a = 1, b; b = a; return b, a;',
  ])('%s', (body) => {
    expect(problemsOf(body)).toEqual([]);
  });
});

describe('Syntax that AppSync lacks is refused where it stands:', () => {
  it.each([
    ["throw 'x';", '4:1 throw is not supported'],
    ['try { ctx.args.a; } catch { return 1; }', '4:1 try is not supported'],
    ['try { ctx.args.a; } finally { ctx.args.b; }', '4:1 try is not supported'],
    ['for (const a of ctx.args.l) { continue; }', '4:31 continue is not supported'],
    ['for (let i = 0; i < 1; i += 1) {}', '4:1 for (;;) is not supported'],
    ['while (ctx.args.a) {}', '4:1 while is not supported'],
    ['do {} while (ctx.args.a);', '4:1 do-while is not supported'],
    ['label: if (ctx.args.a) {}', '4:1 labels are not supported'],
    ['debugger;', '4:1 debugger is not supported'],
    ['let i = 0; i++;', '4:12 ++ and -- are not supported'],
    ['let i = 0; --i;', '4:12 ++ and -- are not supported'],
    ['return ~1;', '4:8 ~ is not supported'],
    ["return 'a' in ctx.args;", '4:8 in is not supported; use Object.hasOwn(object, name)'],
    ['return ctx instanceof Object;', '4:8 instanceof is not supported'],
    ['return new ctx.args.Thing();', '4:8 new is not supported'],
    ['return /a/;', '4:8 regular expression literals are not supported'],
    ['return 1n;', '4:8 BigInt literals are not supported'],
    ['return this;', '4:8 this is not supported'],
    ['class A {}', '4:1 classes are not supported'],
    ['return class {};', '4:8 classes are not supported'],
    ['async function f() {} f();', '4:1 async functions are not supported'],
    ['const f = async () => {}; f();', '4:11 async functions are not supported'],
    ['const f = async () => { await 1; }; f();', '4:25 await is not supported'],
    ['function* f() { yield 1; } f();', '4:1 generators are not supported'],
    ['function* f() { yield 1; } f();', '4:17 yield is not supported'],
    ["return import('x');", '4:8 import() is not supported'],
    ['return import.meta.url;', '4:8 import.meta and new.target are not supported'],
    ['const f = async () => { for await (const a of ctx.args.l) { a; } }; f();', '4:25 for await is not supported'],
    ['return { get a() { return 1; } };', '4:10 getters and setters are not supported'],
    ['return { set a(v) { v; } };', '4:10 getters and setters are not supported'],
    ['const f = () => 1; return f.call(null);', '4:27 .call() of a function is not supported'],
    ['const f = () => 1; return f.apply(null);', '4:27 .apply() of a function is not supported'],
    ["const f = () => 1; return f['bind'](null);", '4:27 .bind() of a function is not supported'],
    ['return ctx.constructor;', '4:8 .constructor is not supported'],
    ["return ctx['__proto__'];", '4:8 .__proto__ is not supported'],
    ['return ctx.args.a.prototype;', '4:8 .prototype is not supported'],
  ])('%s', (body, problem) => {
    expect(problemsOf(body)).toContainEqual(containing(problem));
  });
});

describe('A name that neither the code nor AppSync has is refused:', () => {
  it.each([
    'Date',
    'RegExp',
    'Map',
    'Set',
    'WeakMap',
    'Symbol',
    'Promise',
    'Proxy',
    'Reflect',
    'BigInt',
    'Array',
    'Boolean',
    'Function',
    'Error',
    'Intl',
    'WebAssembly',
    'SharedArrayBuffer',
    'eval',
    'globalThis',
    'window',
    'self',
    'parseInt',
    'parseFloat',
    'isNaN',
    'encodeURIComponent',
    'structuredClone',
    'setTimeout',
    'fetch',
    'process',
    'require',
    'module',
    'Buffer',
    'crypto',
    'nowhere',
  ])('%s', (name) => {
    expect(problemsOf(`return ${name};`)).toEqual([containing(`4:8 ${name} does not exist in AppSync`)]);
    expect(problemsOf(`return typeof ${name};`)).toEqual([containing(`4:15 ${name} does not exist in AppSync`)]);
  });

  it.each([
    [
      'return Object.fromEntries([]);',
      '4:8 Object.fromEntries does not exist in AppSync; there are assign, entries, hasOwn, keys, values',
    ],
    ['return Object.freeze({});', '4:8 Object.freeze does not exist in AppSync'],
    ['return Math.abs(1);', '4:8 Math.abs does not exist in AppSync'],
    ['return Number.parseInt("1");', '4:8 Number.parseInt does not exist in AppSync'],
    ['return String.fromCharCode(1);', '4:8 String.fromCharCode does not exist in AppSync'],
    ['console.warn(1);', '4:1 console.warn does not exist in AppSync'],
    ['return Number("1");', '4:8 Number itself cannot be called or passed on'],
    ['return String(1);', '4:8 String itself cannot be called or passed on'],
    ['return Object;', '4:8 Object itself cannot be called or passed on'],
    ["return Object['keys']({});", '4:8 Object itself cannot be called or passed on'],
    ['const { keys } = Object; return 1;', '4:18 Object itself cannot be called or passed on'],
    ['function f() { return arguments; } return f();', '4:23 arguments is not supported'],
    ['return arguments;', '4:8 arguments is not supported'],
  ])('likewise %s', (body, problem) => {
    expect(problemsOf(body)).toContainEqual(containing(problem));
  });

  it.each([
    'toString',
    'padStart',
    'padEnd',
    'localeCompare',
    'charCodeAt',
    'codePointAt',
    'repeat',
    'match',
    'matchAll',
    'search',
    'keys',
    'values',
    'entries',
    'copyWithin',
    'at',
    'toFixed',
    'hasOwnProperty',
    'normalize',
    'toLocaleString',
    'valueOf',
  ])('and the method %s, which AppSync does not document', (method) => {
    expect(problemsOf(`return ctx.args.a.${method}();`)).toEqual([
      `4:19 the method ${method} is not among those AppSync documents`,
    ]);
  });
});

describe('Functions are no values:', () => {
  it.each([
    ['const f = () => 1; return f;', '4:27 the function f is no value'],
    ['const f = () => 1; const g = f; return g();', '4:30 the function f is no value'],
    ['const f = () => 1; return { f };', '4:29 the function f is no value'],
    ['const f = () => 1; const g = (h) => h; return g(f);', '4:49 the function f is no value'],
    ['function f() { return 1; } return [f];', '4:36 the function f is no value'],
    ['let f = () => 1; f = () => 2; return f();', '4:18 the function f cannot be reassigned'],
    ['function f() {} f = 1;', '4:17 the function f cannot be reassigned'],
    ['return () => 1;', '4:8 a function is no value here'],
    ['const f = () => () => 1; return f();', '4:17 a function is no value here'],
    ['return { f: () => 1 };', '4:13 a function is no value here'],
    ['return { f() { return 1; } };', '4:11 a function is no value here'],
    ['const f = ctx.args.a ? () => 1 : () => 2; return f();', '4:24 a function is no value here'],
    ['const f = (g = () => 1) => g; return f();', '4:16 a function is no value here'],
    ['let f; f = () => 1; return f();', '4:12 a function is no value here'],
    ['return [3, 1].sort((a, b) => a - b);', '4:15 sort takes no comparator'],
    ['return "a".replace("a", () => "b");', '4:25 a function is no value here'],
    ["return JSON.parse('1', (k, v) => v);", '4:24 a function is no value here'],
    ['return [1].reduce(0, (a) => a);', '4:22 a function is no value here'],
  ])('%s', (body, problem) => {
    expect(problemsOf(body)).toContainEqual(containing(problem));
  });

  it('nor are those of the modules', () => {
    const code =
      "import { get } from '@aws-appsync/utils/dynamodb';\nexport function request() { return get; }\nexport function response() {}";
    expect(validateCode(code)).toEqual([
      { line: 2, column: 36, message: 'the function get is no value: call it, or pass it to an array method' },
    ]);
  });
});

describe('Recursion is refused', () => {
  it.each([
    [
      'directly',
      'function f(n) { return n > 0 ? f(n - 1) : 0; } return f(3);',
      ['4:1 recursion is not supported: f → f'],
    ],
    [
      'through others',
      'const f = (n) => g(n); const g = (n) => h(n); const h = (n) => f(n); return f(1);',
      [
        '4:11 recursion is not supported: f → g → h → f',
        '4:34 recursion is not supported: g → h → f → g',
        '4:57 recursion is not supported: h → f → g → h',
      ],
    ],
    ['through a callback', 'const f = (l) => l.map(f); return f([]);', ['4:11 recursion is not supported: f → f']],
    [
      'by a function’s own name',
      'const f = function g(n) { return g(n); }; return f(1);',
      ['4:11 recursion is not supported: g → g'],
    ],
  ])('%s', (_how, body, problems) => {
    expect(problemsOf(body)).toEqual(problems);
  });

  it('but not two functions that share a third', () => {
    expect(problemsOf('const a = () => 1; const b = () => a(); const c = () => a() + b(); return c();')).toEqual([]);
  });
});

describe('ctx is read-only:', () => {
  it.each([
    ['ctx = {};', '4:1 ctx is read-only'],
    ['ctx.args = {};', '4:1 the properties of ctx are read-only; put values into ctx.stash'],
    ["ctx['stash'] = {};", '4:1 the properties of ctx are read-only'],
    ['ctx.mine = 1;', '4:1 the properties of ctx are read-only'],
    ['delete ctx.prev;', '4:8 the properties of ctx are read-only'],
    ['for (ctx.args of []) { ctx.args; }', '4:6 the properties of ctx are read-only'],
  ])('%s', (body, problem) => {
    expect(problemsOf(body)).toEqual([containing(problem)]);
  });

  it('under whatever name, in either handler', () => {
    const code =
      'export const request = (context) => { context.args = 1; };\nexport function response(c) { c.result = 1; }';
    expect(validateCode(code).map(({ message }) => message)).toEqual([
      'the properties of context are read-only; put values into context.stash',
      'the properties of c are read-only; put values into c.stash',
    ]);
  });
});

const RESPONSE = 'export function response() {}';

describe('The module', () => {
  it.each([
    ['export function request() {}', 'there is no export function response(ctx)'],
    [`function request() {}\n${RESPONSE}`, 'there is no export function request(ctx)'],
    [`export default function request() {}\n${RESPONSE}`, 'export default is not supported'],
    [`export const request = 1;\n${RESPONSE}`, 'the export request is no function'],
    [`export * from '@aws-appsync/utils';\n${RESPONSE}`, 'export * is not supported'],
    [`export { request } from './other';\n${RESPONSE}`, 'export … from is not supported'],
    [
      `import fs from 'node:fs';\nexport function request() {}\n${RESPONSE}`,
      "'node:fs' cannot be imported; bundle it into the code, only @aws-appsync/utils, ",
    ],
    [`import { x } from './x';\nexport function request() {}\n${RESPONSE}`, "'./x' cannot be imported"],
    [
      `import '@aws-appsync/utils/more';\nexport function request() {}\n${RESPONSE}`,
      "'@aws-appsync/utils/more' cannot be imported",
    ],
    [
      `import { utils } from '@aws-appsync/utils';\nexport function request() {}\n${RESPONSE}`,
      "'@aws-appsync/utils' exports no utils; it has util, extensions, runtime",
    ],
    [
      `import { sync } from '@aws-appsync/utils/dynamodb';\nexport function request() {}\n${RESPONSE}`,
      "'@aws-appsync/utils/dynamodb' exports no sync",
    ],
    [
      `import * as ddb from '@aws-appsync/utils/dynamodb';\nexport function request() { return ddb.fetch(); }\n${RESPONSE}`,
      "'@aws-appsync/utils/dynamodb' exports no fetch",
    ],
    [`export function request() {\n${RESPONSE}`, 'not an ES module: '],
    [`return 1;\n${RESPONSE}`, 'not an ES module: '],
  ])('%s', (code, problem) => {
    expect(validateCode(code).map(({ message }) => message)).toContainEqual(containing(problem));
  });

  it('may export its handlers in any form', () => {
    expect(
      validateCode('const a = () => 1;\nlet b = function () {};\nexport { a as request, b as response };'),
    ).toEqual([]);
    expect(validateCode(`export const request = (ctx) => ctx, other = 1;\n${RESPONSE}`)).toEqual([]);
  });

  it('may have 32,768 characters and not one more', () => {
    const code = `export function request() {}\n${RESPONSE}\n//`;
    expect(validateCode(code.padEnd(32_768, 'x'))).toEqual([]);
    expect(validateCode(code.padEnd(32_769, 'x'))).toEqual([
      { line: 1, column: 1, message: 'the code has 32769 characters; AppSync takes 32768' },
    ]);
  });

  it('reports a syntax error where it is', () => {
    expect(validateCode('export function request() {\n  return (1;\n}')).toEqual([
      { line: 2, column: 12, message: containing('not an ES module: Unexpected token') },
    ]);
  });

  it('reports all problems, in order of place', () => {
    expect(problemsOf('const d = Date;\nthrow d;').map((problem) => problem.split(' ')[0])).toEqual(['4:11', '5:1']);
  });
});

describe('InvalidCode', () => {
  it('says whose code, where, what and what to do', () => {
    const error = new InvalidCode('Query.thing', [
      { line: 2, column: 3, message: 'throw is not supported; call util.error(message, type)' },
      { line: 4, column: 1, message: 'classes are not supported' },
    ]);
    expect(error.name).toBe('InvalidCode');
    expect(error.message).toBe(
      'AppSync would refuse the code of Query.thing; change these places:\n' +
        '  code.js:2:3: throw is not supported; call util.error(message, type)\n' +
        '  code.js:4:1: classes are not supported',
    );
  });
});
