import { GuestRealm } from '../../../src/appsync-js/realm/guest-realm';
import { containing, contextWith, runner } from './support';

const printed: [string, string][] = [];
const { run, valueOf, errorOf } = runner({ log: (level, line) => printed.push([level, line]) });

/** Past the validator, to see what the realm itself lacks. */
const unchecked = new GuestRealm();

function runUnchecked(expression: string) {
  return unchecked.evaluate(
    unchecked.compile(`export function request(ctx) {\n  return ${expression};\n}\nexport function response() {}`),
    'request',
    contextWith(),
  ).outcome;
}

describe('What AppSync lacks is a ReferenceError at run time:', () => {
  it.each([
    'Date',
    'RegExp',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'WeakRef',
    'Symbol',
    'Promise',
    'Proxy',
    'Reflect',
    'BigInt',
    'Array',
    'Boolean',
    'Function',
    'Error',
    'TypeError',
    'Intl',
    'WebAssembly',
    'Atomics',
    'SharedArrayBuffer',
    'ArrayBuffer',
    'Uint8Array',
    'DataView',
    'eval',
    'globalThis',
    'parseInt',
    'parseFloat',
    'isNaN',
    'isFinite',
    'encodeURIComponent',
    'decodeURIComponent',
    'escape',
    'structuredClone',
    'setTimeout',
    'setInterval',
    'queueMicrotask',
    'fetch',
    'process',
    'require',
    'module',
    'Buffer',
    'URL',
    'crypto',
    'performance',
    'TextEncoder',
    'FinalizationRegistry',
    'Iterator',
    'AsyncFunction',
    'window',
  ])('%s', (name) => {
    expect(runUnchecked(name)).toEqual({
      kind: 'error',
      error: {
        message: `code.js:2:3: ReferenceError: ${name} is not defined`,
        errorType: 'Code',
        data: null,
        errorInfo: null,
      },
    });
  });

  it.each([
    ['Object', 'function'],
    ['String', 'function'],
    ['Number', 'function'],
    ['Math', 'object'],
    ['JSON', 'object'],
    ['console', 'object'],
    ['util', 'object'],
    ['extensions', 'object'],
    ['runtime', 'object'],
    ['NaN', 'number'],
    ['Infinity', 'number'],
    ['undefined', 'undefined'],
  ])('while %s is there', (name, type) => {
    expect(runUnchecked(`typeof ${name}`)).toEqual({ kind: 'value', value: type });
  });

  it.each([
    ["(() => {}).constructor('return this')()"],
    ["[].map.constructor('return process')()"],
    ["util.autoId.constructor('return process')()"],
    ["console.log.constructor('return process')()"],
    ["Object.constructor.constructor('return process')()"],
  ])('and no way makes code from text: %s', (expression) => {
    expect(runUnchecked(expression)).toMatchObject({
      error: { errorType: 'Code', message: containing('EvalError: Code generation from strings disallowed') },
    });
  });
});

describe('JSON', () => {
  it.each([
    ['\'{"a":[1,null]}\'', { a: [1, null] }],
    ["'nonsense'", ''],
    ["'{'", ''],
    ["''", ''],
    ["'1'", 1],
  ])('JSON.parse(%s)', (text, value) => {
    expect(valueOf(`JSON.parse(${text})`)).toEqual(value);
  });

  it('stringifies as ever', () => {
    expect(valueOf("JSON.stringify({ a: [1, 'x', null], b: undefined })")).toBe('{"a":[1,"x",null]}');
  });
});

describe('console', () => {
  it('prints to the log of the host, with the level', () => {
    printed.length = 0;
    run("console.log('a', 1, { b: [true] }, null, undefined); console.error('bad');");
    expect(printed).toEqual([
      ['log', 'a 1 {"b":[true]} null undefined'],
      ['error', 'bad'],
    ]);
  });
});

describe('replace and replaceAll take a Java regular expression', () => {
  it.each([
    ["'a1b22'.replace('[0-9]+', '-')", 'a-b22'],
    ["'a1b22'.replaceAll('[0-9]+', '-')", 'a-b-'],
    ["'a.b.c'.replaceAll('\\\\.', '/')", 'a/b/c'],
    ["'a.b'.replaceAll('.', '-')", '---'],
    ["'one two'.replace('(\\\\w+) (\\\\w+)', '$2 $1')", 'two one'],
    ["'abc'.replace('x', 'y')", 'abc'],
    ["'aaa'.replaceAll('a', '$$')", '$$$'],
  ])('%s', (expression, value) => {
    expect(valueOf(expression)).toBe(value);
    expect(valueOf(expression)).toBe(value);
  });

  it('or say what they cannot translate', () => {
    expect(errorOf("'a'.replace('a++', 'b')")).toContain('has a possessive quantifier ++, which cannot run locally');
  });
});

describe('The documented built-ins work:', () => {
  it.each([
    ['Object.assign({}, { a: 1 }, { b: 2 })', { a: 1, b: 2 }],
    ['Object.entries({ a: 1 })', [['a', 1]]],
    ["Object.hasOwn({ a: 1 }, 'a')", true],
    ['Object.keys({ a: 1 })', ['a']],
    ['Object.values({ a: 1 })', [1]],
    ["'abc'.charAt(1) + 'abc'.slice(1) + 'a'.concat('b')", 'bbcab'],
    ["['a,b'.split(','), ' a '.trim(), ' a '.trimStart(), ' a '.trimEnd()]", [['a', 'b'], 'a', 'a ', ' a']],
    [
      "['Ab'.toLowerCase(), 'Ab'.toUpperCase(), 'ab'.startsWith('a'), 'ab'.endsWith('a'), 'aba'.lastIndexOf('a')]",
      ['ab', 'AB', true, false, 2],
    ],
    ['String.raw`a\\n${1}`', 'a\\n1'],
    ["[Number.isFinite(1), Number.isNaN('a')]", [true, false]],
    ['[Math.min(1, 2), Math.max(1, 2), Math.round(1.5), Math.floor(1.5), Math.ceil(1.5)]', [1, 2, 2, 1, 2]],
    ['[3, 1, 2].sort()', [1, 2, 3]],
    ['[[1], [2]].flat().reverse().map((n) => n * 2)', [4, 2]],
    ['[1, 2, 3].filter((n) => n > 1).reduce((sum, n) => sum + n, 0)', 5],
    ['[1, 2, 3].findLast((n) => n < 3)', 2],
    ['[1, 2].flatMap((n) => [n, n])', [1, 1, 2, 2]],
    ['[0, 0].fill(1).concat([2]).join("-")', '1-1-2'],
    ['[typeof NaN, typeof Infinity, typeof undefined]', ['number', 'number', 'undefined']],
    ['ctx.missing?.deep ?? `a${1 + 1}`', 'a2'],
    ['[...[1], 5 & 4, void 0]', [1, 4, null]],
  ])('%s', (expression, value) => {
    expect(valueOf(expression)).toEqual(value);
  });
});
