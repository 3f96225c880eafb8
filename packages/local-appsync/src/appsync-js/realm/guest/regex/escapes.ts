/** `\x` escapes of java.util.regex.Pattern with a fixed counterpart, outside and inside a class alike. */
export const SHARED: Readonly<Record<string, string>> = {
  d: '\\d',
  D: '\\D',
  w: '\\w',
  W: '\\W',
  // ASCII in Java, Unicode in JavaScript.
  s: '[ \\t\\n\\v\\f\\r]',
  S: '[^ \\t\\n\\v\\f\\r]',
  h: '[ \\t\\u00a0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
  H: '[^ \\t\\u00a0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
  v: '[\\n\\v\\f\\r\\u0085\\u2028\\u2029]',
  V: '[^\\n\\v\\f\\r\\u0085\\u2028\\u2029]',
  t: '\\t',
  n: '\\n',
  r: '\\r',
  f: '\\f',
  a: '\\u0007',
  e: '\\u001b',
};

/** A line end before which `$` and `\Z` also match. */
const FINAL_TERMINATOR = '(?:\\r\\n|[\\n\\r\\u0085\\u2028\\u2029])?';

/** Those that make sense outside a class only. `^` and `$` never get the m flag unless (?m) asks for it. */
export const ANCHORS: Readonly<Record<string, string>> = {
  A: '(?<![\\s\\S])',
  z: '(?![\\s\\S])',
  Z: `(?=${FINAL_TERMINATOR}(?![\\s\\S]))`,
  b: '\\b',
  B: '\\B',
  R: '(?:\\r\\n|[\\n\\v\\f\\r\\u0085\\u2028\\u2029])',
};

/** `$` without (?m): the end, or just before a final line terminator. */
export const DOLLAR = ANCHORS['Z'] ?? '';
/** `.` without (?s). */
export const DOT = '[^\\n\\r\\u0085\\u2028\\u2029]';

/** `\p{…}` names that JavaScript lacks; the rest are Unicode properties of both. */
export const PROPERTIES: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\u0000-\\u007f',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '\\u0021-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007e',
  Graph: '\\u0021-\\u007e',
  Print: '\\u0020-\\u007e',
  Blank: ' \\t',
  Cntrl: '\\u0000-\\u001f\\u007f',
  XDigit: '0-9a-fA-F',
  Space: ' \\t\\n\\v\\f\\r',
  javaLowerCase: '\\p{Lowercase}',
  javaUpperCase: '\\p{Uppercase}',
  javaWhitespace: '\\s',
};
