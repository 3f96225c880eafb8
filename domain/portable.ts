/**
 * Replacements for JavaScript that APPSYNC_JS is reported to run differently; these give the same result in both. The ids
 * are those of packages/local-appsync/README.md, "Reported, not documented". Lint rules forbid the originals in all other files.
 */

/** Whether `a` sorts before `b` or equals it, by UTF-16 units. `<=` may not compare strings at all (A10). */
export function isAtMost(a: string, b: string): boolean {
  return first([a, b].sort()) === a;
}

/** Whether two numbers are equal. `===` was once wrong for numbers from DynamoDB (N2). */
export function isSame(a: number, b: number): boolean {
  return !(a < b || a > b);
}

/** A number as text. A number from DynamoDB prints "null" unless it is the result of arithmetic (N1). */
export function decimal(value: number): string {
  return `${value + 0}`;
}

/** The first item; null if there is none. Reading outside a list may be an error (A11). */
export function first<T>(list: T[]): T | null {
  return list.length > 0 ? (list[0] as T) : null;
}

/** The last item; null if there is none. */
export function last<T>(list: T[]): T | null {
  return list.length > 0 ? (list[list.length - 1] as T) : null;
}

/** The characters that JavaScript's `trim` removes. */
const BLANKS =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

/** The longest text that `trimmed` trims. */
export const MAX_TRIMMED = 999;

/**
 * The text without blanks at its ends. A text of more than 999 characters is returned unchanged: no rule allows it.
 * AppSync's own `trim` may be Java's, which removes other characters (T5).
 */
export function trimmed(text: string): string {
  if (text.length > MAX_TRIMMED) {
    return text;
  }
  const characters = text.split('').slice(0, 999);
  const begin = characters.findIndex((character) => BLANKS.indexOf(character) < 0);
  if (begin < 0) {
    return '';
  }
  const end = characters.findLastIndex((character) => BLANKS.indexOf(character) < 0);
  // Each blank is one UTF-16 unit, whether `split` goes by units or by code points.
  return text.slice(begin, text.length - (characters.length - 1 - end));
}
