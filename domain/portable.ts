/**
 * What APPSYNC_JS is reported to run otherwise than JavaScript, written so that both come to the same. The ids are those
 * of docs/local-runtime.md, "Reported, not documented". A lint rule keeps such code out of all other files.
 */

/** Whether `a` comes before `b` or is the same, by UTF-16 units. `<=` may not compare texts at all (A10). */
export function isAtMost(a: string, b: string): boolean {
  return first([a, b].sort()) === a;
}

/** `===` was wrong for numbers from DynamoDB once (N2). */
export function isSame(a: number, b: number): boolean {
  return !(a < b || a > b);
}

/** A number as text. One from DynamoDB becomes "null" unless it is calculated with (N1). */
export function decimal(value: number): string {
  return `${value + 0}`;
}

/** A place that a list does not have may be an error (A11). */
export function first<T>(list: T[]): T | null {
  return list.length > 0 ? (list[0] as T) : null;
}

/** See `first`. */
export function last<T>(list: T[]): T | null {
  return list.length > 0 ? (list[list.length - 1] as T) : null;
}

/** What JavaScript's `trim` takes away. */
const BLANKS =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

/** The longest text that `trimmed` trims. */
const MAX_TRIMMED = 999;

/**
 * The text without blanks at its ends; one of over 999 characters as it is. Java's `trim` takes other characters for
 * blanks (T5).
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
  // Blanks have one UTF-16 unit each, whatever `split` takes for a character.
  return text.slice(begin, text.length - (characters.length - 1 - end));
}
