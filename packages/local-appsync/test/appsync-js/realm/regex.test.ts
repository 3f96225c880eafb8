import { runner } from './support';

const { valueOf, errorOf } = runner();

function matches(pattern: string, text: string): unknown {
  return valueOf(`util.matches(${JSON.stringify(pattern)}, ${JSON.stringify(text)})`);
}

describe('util.matches reads a pattern as java.util.regex does:', () => {
  it.each([
    ['a*b', 'aaaaab', 'aaaaabc'],
    ['^[a-z]+$', 'abc', 'abC'],
    ['(?i)abc', 'aBC', 'abd'],
    ['a.c', 'abc', 'a\nc'],
    ['(?s)a.c', 'a\nc', 'ac'],
    ['a.c', 'a😀c', 'a\u0085c'],
    ['(?m)^a$\\n^b$', 'a\nb', 'a b'],
    ['\\d{3}-\\d{4}', '555-1234', '٥٥٥-1234'],
    ['\\w+@\\w+\\.com', 'a@b.com', 'a@bxcom'],
    ['a\\sb', 'a b', 'a\u00a0b'],
    ['a\\hb', 'a\u00a0b', 'a\nb'],
    ['[\\s,]+', ' ,\t', '\u00a0'],
    ['\\Qa.b\\E+', 'a.bbb', 'axb'],
    ['[\\Q^]\\E]+', '^]', 'a'],
    ['[a-z&&[^aeiou]]+', 'xyz', 'xaz'],
    ['[^a-z&&[aeiou]]+', 'xA', 'e'],
    ['[a-c[x-z]]+', 'abxz', 'd'],
    ['[]a]+', ']a', 'b'],
    ['[^]a]+', 'bc', ']'],
    ['[a-]+', 'a-', 'b'],
    ['[-a]+', '-a', 'b'],
    ['[(){}|/]+', '(){}|/', 'a'],
    ['\\p{Alpha}+', 'abC', 'é'],
    ['\\p{L}+', 'abé', 'a1'],
    ['\\pL+', 'abé', 'a1'],
    ['\\p{IsGreek}+', 'αβ', 'a'],
    ['\\p{IsAlphabetic}+', 'aé', '1'],
    ['\\P{Punct}+', 'abc', 'a!'],
    ['[\\p{Upper}\\d]+', 'A1', 'a'],
    ['\\x41\\u0042\\x{1F600}', 'AB😀', 'AB'],
    ['(a)(b)\\2\\1', 'abba', 'abab'],
    ['(?<x>a)\\k<x>', 'aa', 'ab'],
    ['(?:a|b)+?c', 'abc', 'ac c'],
    ['a(?=b)b', 'ab', 'ac'],
    ['(?<!x)a', 'a', 'xa'],
    ['\\Aab\\z', 'ab', 'ab\n'],
    ['ab\\Z\\n?', 'ab\n', 'ab\n\n'],
    ['a\\Rb', 'a\r\nb', 'a b'],
    ['a{2,3}', 'aa', 'aaaa'],
    ['a{2,}?b', 'aaab', 'ab'],
    ['x/y-z', 'x/y-z', 'xyz'],
  ])('%s', (pattern, match, other) => {
    expect(matches(pattern, match)).toBe(true);
    expect(matches(pattern, other)).toBe(false);
  });

  it.each([
    ['a++', 'a possessive quantifier ++'],
    ['a{2}+', 'a possessive quantifier {2}+'],
    ['(?>a)b', 'an atomic group (?>…)'],
    ['a(?i)b', 'inline flags other than (?i), (?m), (?s) at its start'],
    ['(?x)a b', 'inline flags other than (?i), (?m), (?s) at its start'],
    ['\\Ga', '\\G'],
    ['\\X', '\\X'],
    ['\\012', '\\0'],
    ['\\b{g}', 'a boundary \\b{…}'],
    ['[a', 'an end too early'],
    ['a{2', 'no "}" to close it'],
    ['\\xZZ', 'a broken hexadecimal escape'],
  ])('and refuses %s by name', (pattern, construct) => {
    expect(errorOf(`util.matches(${JSON.stringify(pattern)}, 'a')`)).toContain(
      `the Java regular expression "${pattern}" has ${construct}, which cannot run locally.`,
    );
  });

  it.each(['(a', 'a)', '*a', '\\p{Nonsense}', '[z-a]'])('and says that %s is malformed', (pattern) => {
    expect(errorOf(`util.matches(${JSON.stringify(pattern)}, 'a')`)).toContain(
      `"${pattern}" is no regular expression that can run here`,
    );
  });
});
