import { compileJavaRegex, type RegexUse } from './java-regex';

const replace: (this: string, pattern: RegExp, replacement: string) => string = String.prototype.replace;

/** A replacement is a string here as in JavaScript: $1, $<name>, $$. */
function replacer(use: RegexUse) {
  return function (this: string, pattern: string | RegExp, replacement: string): string {
    // Only guest code has RegExp objects: literals are refused and the constructor is gone.
    const regex = pattern instanceof RegExp ? pattern : compileJavaRegex(String(pattern), use);
    return replace.call(this, regex, replacement);
  };
}

/** String.prototype.replace of AppSync: the pattern string is a Java regular expression. */
export const replaceFirstMatch = replacer('search');
export const replaceAllMatches = replacer('searchAll');
