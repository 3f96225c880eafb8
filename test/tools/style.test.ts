import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

interface File {
  file: string;
  code: string;
}

/** The rules that each file breaks. */
function rulesBrokenBy(files: File[]): string[][] {
  const lint = join(__dirname, 'support', 'lint-style.mjs');
  return JSON.parse(execFileSync(process.execPath, [lint], { input: JSON.stringify(files) }).toString()) as string[][];
}

function named(file: string): File {
  return { file, code: 'export {};' };
}

function written(code: string, file = 'domain/rules.ts'): File {
  return { file, code };
}

const SYNTAX = 'no-restricted-syntax';
const NAME = 'style/file-name';

const refused: [string, File, string][] = [
  ['a field that # hides', written('class A { #b = 1; }'), SYNTAX],
  ['a method that # hides', written('class A { #b() {} }'), SYNTAX],
  ['an arrow at the top level', written('const f = (a: string) => a;'), SYNTAX],
  ['an exported arrow', written('export const f = async () => {};'), SYNTAX],
  ['a function expression at the top level', written('const f = function () {};'), SYNTAX],
  ['an arrow in JavaScript', written('const f = (a) => a;', 'examples/listen.mjs'), SYNTAX],
  ['an if without braces', written('if (Math.random()) Math.random();'), 'curly'],
  ['a name in camelCase', named('domain/ticketView.ts'), NAME],
  ['a test named in camelCase', named('test/domain/ticketView.test.ts'), NAME],
  ['a field outside resolvers/', named('domain/Query.ticket.ts'), NAME],
  ['a type without its field', named('resolvers/Query.ts'), NAME],
  ['a step named like a type', named('resolvers/steps/ReadView.ts'), NAME],
  ['a quirk outside its folder', named('domain/A1.ts'), NAME],
];

const right: [string, File][] = [
  ['private members', written('class A { private b = 1; private c() { return this.b; } }')],
  ['a function of its own', written('export function f(a: string) { return (b: string) => a + b; }')],
  ['an arrow of a named type', written('const f: Handler = () => {};')],
  ['an arrow inside a function', written('function f() { const g = () => 1; return g; }')],
  ['braces', written('if (Math.random()) { Math.random(); } else if (Math.random()) { Math.random(); }')],
  ['a name in kebab-case', named('domain/ticket-view.ts')],
  ['a name with several endings', written('', 'jest.config.cjs')],
  ['a test', named('test/domain/ticket-view.test.ts')],
  ['a resolver', named('resolvers/Query.ticketEvents.ts')],
  ['a step', named('resolvers/steps/readView.ts')],
  ['a shared file of the resolvers', named('resolvers/shared/list.ts')],
  ['a quirk', named('packages/local-appsync/src/appsync-js/quirks/A12.ts')],
];

let broken: string[][];
beforeAll(() => {
  broken = rulesBrokenBy([...refused.map(([, file]) => file), ...right.map(([, file]) => file)]);
});

it.each(refused.map(([what, , rule], at) => ({ what, rule, at })))('refuses $what', ({ rule, at }) => {
  expect(broken[at]).toEqual([rule]);
});

it.each(right.map(([what], at) => ({ what, at })))('passes $what', ({ at }) => {
  expect(broken[refused.length + at]).toEqual([]);
});
