import { mutated, mutationsOf } from '../../tools/mutate/mutations';
import { sample } from '../../tools/mutate/sample';

/** Each mutated text of a source. */
function textsOf(source: string): string[] {
  return mutationsOf('domain/a.ts', source).map((mutation) => mutated(source, mutation));
}

describe('the mutations of a file', () => {
  test.each([
    ['a comparison', 'a = b < c;', ['a = b <= c;']],
    ['an equality', 'a = b === c;', ['a = b !== c;']],
    ['a conjunction', 'a = b && c;', ['a = b || c;']],
    ['a sum', 'a = b + c;', ['a = b - c;']],
    ['a condition', 'if (a) { b; }', ['if (!(a)) { b; }']],
    ['a choice', 'a = b ? c : d;', ['a = !(b) ? c : d;']],
    ['a call', 'a(b);', [';']],
    ['a call that is waited for', 'await a();', [';']],
    ['a function', 'function a() { b; }', ['function a() { return; b; }']],
    ['a number', 'a = 1_000;', ['a = 1001;']],
    ['a text', "a = 'b';", ["a = '';"]],
    ['a list', 'a = [b, c];', ['a = [c];']],
    ['a list of one', 'a = [b];', ['a = [];']],
  ])('change %s', (_, source, expected) => {
    expect(textsOf(source)).toEqual(expected);
  });

  test.each([
    ['types', "type A = 'b' | 1; interface C { d: 'e' } let f: 'g';"],
    ['imports', "import a from 'b'; export { c } from 'd';"],
    ['texts that are joined', 'a = `b` + c;'],
    ['messages of errors', "throw new OpsError('a');"],
    ['lines of the log', "void log('ERROR', 1);"],
    ['descriptions of options', "void program.option('--a', 'b');"],
    ['names of members', "a = { 'b': c };"],
    ['empty texts and lists', "a = ''; b = [];"],
  ])('leave %s alone', (_, source) => {
    expect(textsOf(source)).toEqual([]);
  });

  test('say where they are, and what they change', () => {
    expect(mutationsOf('domain/a.ts', 'a;\nb = c > d;')).toEqual([
      expect.objectContaining({ file: 'domain/a.ts', line: 2, before: 'c > d', after: 'c >= d' }),
    ]);
  });
});

describe('a sample', () => {
  const items = Array.from({ length: 100 }, (_, i) => i);

  test('is the same for the same seed, and another for another, in the order of the items', () => {
    const some = sample(items, 40, 1);
    expect(new Set(some).size).toBe(40);
    expect(some).toEqual([...some].sort((a, b) => a - b));
    expect(sample(items, 40, 1)).toEqual(some);
    expect(sample(items, 40, 2)).not.toEqual(some);
  });

  test('of more than there are is all', () => {
    expect(sample([1, 2], 3, 1)).toEqual([1, 2]);
  });
});
