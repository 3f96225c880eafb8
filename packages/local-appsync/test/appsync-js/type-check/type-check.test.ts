import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemCache } from '../../../src/appsync-js/type-check/cache';
import type { Problem } from '../../../src/appsync-js/type-check/problem';
import { RefusedCode } from '../../../src/appsync-js/type-check/refused-code';
import { TypeCheck } from '../../../src/appsync-js/type-check/type-check';

const root = mkdtempSync(join(tmpdir(), 'type-check-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

function newFolder() {
  return join(root, String((folders += 1)));
}

/** A check with a cache there, and the code that it looked into; code with "wrong" in it has a problem. */
function checkWith(folder: string, mostFiles?: number) {
  const seen: string[] = [];
  const find = (codes: readonly string[]): Promise<Problem[][]> => {
    seen.push(...codes);
    return Promise.resolve(
      codes.map((code) =>
        code.includes('wrong') ? [{ line: 1, column: 2, rule: 'TS1', message: `about ${code}` }] : [],
      ),
    );
  };
  const typeCheck = new TypeCheck(find, new ProblemCache(folder, mostFiles));
  const check = (...codes: string[]) => typeCheck.check(codes.map((code, i) => ({ name: `Query.f${i}`, code })));
  return { check, seen };
}

test('what another run has looked into is not looked into again, but another version of it is', async () => {
  const folder = newFolder();
  await checkWith(folder).check('a', 'b');
  const { check, seen } = checkWith(folder);
  await check('a', 'b');
  expect(seen).toEqual([]);
  await check('a', 'b, changed');
  expect(seen).toEqual(['b, changed']);
});

test('code that was refused is refused again, with the same words', async () => {
  const folder = newFolder();
  const first = await checkWith(folder).check('fine', 'wrong').catch(String);
  const { check, seen } = checkWith(folder);
  expect(await check('fine', 'wrong').catch(String)).toBe(first);
  expect(first).toContain('Query.f1; change these places:\n  code.js:1:2: TS1: about wrong');
  expect(seen).toEqual([]);
});

test('code that several functions share is looked into once, and all of them are named', async () => {
  const { check, seen } = checkWith(newFolder());
  await expect(check('wrong', 'fine', 'wrong')).rejects.toThrow(/Query\.f0, Query\.f2;/);
  expect(seen).toEqual(['wrong', 'fine']);
});

test('without code nothing is looked for', async () => {
  const { check, seen } = checkWith(newFolder());
  await check();
  expect(seen).toEqual([]);
});

test('a cache that can not be written does no harm', async () => {
  const file = newFolder();
  writeFileSync(file, '');
  const { check, seen } = checkWith(join(file, 'below-a-file'));
  await check('a');
  await expect(check('a', 'wrong')).rejects.toThrow(RefusedCode);
  expect(seen).toEqual(['a', 'a', 'wrong']);
});

test.each([
  ['cut', (text: string) => text.slice(0, -2)],
  ['empty', () => ''],
  ['of something else', () => '[{"line":1}]'],
])('a file of the cache that is %s is not believed, and replaced', async (_, damage) => {
  const folder = newFolder();
  await checkWith(folder).check('wrong').catch(String);
  const [file] = readdirSync(folder).map((name) => join(folder, name));
  writeFileSync(file!, damage(readFileSync(file!, 'utf8')));
  const { check, seen } = checkWith(folder);
  await expect(check('wrong')).rejects.toThrow(RefusedCode);
  await expect(check('wrong')).rejects.toThrow(RefusedCode);
  expect(seen).toEqual(['wrong']);
});

test('the cache keeps the newest, up to a number', async () => {
  const folder = newFolder();
  const { check } = checkWith(folder, 3);
  await check('a', 'b');
  await check('c', 'd');
  await check('e');
  expect(readdirSync(folder)).toHaveLength(3);
  const { check: again, seen } = checkWith(folder, 3);
  await again('e');
  expect(seen).toEqual([]);
});
