import fc from 'fast-check';
import { decimal, first, isAtMost, isSame, last, trimmed } from '../../domain/portable';
import { withMilliseconds } from '../../domain/time';

const blank = fc.constantFrom(' ', '\t', '\n', '\u000b', '\u00a0', '\u1680', '\u2007', '\u2028', '\u3000', '\ufeff');
const character = fc.oneof(blank, fc.constantFrom('a', 'é', '漢', '🔥', '\u0007', '\u200b', '\ud800'));
const text = fc.array(character, { maxLength: 30 }).map((characters) => characters.join(''));

describe('what stands for JavaScript that AppSync may run otherwise comes to the same', () => {
  test('as trim', () => {
    fc.assert(fc.property(text, (each) => trimmed(each) === each.trim()));
    expect(trimmed(`${' '.repeat(499)}x${' '.repeat(499)}`)).toBe('x');
  });

  test('as <= of two texts', () => {
    fc.assert(fc.property(text, text, (a, b) => isAtMost(a, b) === a <= b));
    expect(isAtMost('a', 'a')).toBe(true);
  });

  test('as === of two numbers', () => {
    fc.assert(fc.property(fc.integer({ max: 2 }), fc.integer({ max: 2 }), (a, b) => isSame(a, b) === (a === b)));
  });

  test('as the places of a list', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (list) => {
        expect([first(list), last(list)]).toEqual([list[0] ?? null, list.at(-1) ?? null]);
      }),
    );
  });

  test('as a number in a text', () => {
    fc.assert(fc.property(fc.integer(), (value) => decimal(value) === String(value)));
  });
});

test('a text of a thousand characters is too long for any rule, and stays as it is', () => {
  expect(trimmed(`${' '.repeat(999)}x`)).toBe(`${' '.repeat(999)}x`);
});

test('times have their milliseconds, whether or not the clock left out a zero', () => {
  expect(withMilliseconds('2026-01-01T00:00:00Z')).toBe('2026-01-01T00:00:00.000Z');
  expect(withMilliseconds('2026-01-01T00:00:00.250Z')).toBe('2026-01-01T00:00:00.250Z');
});
