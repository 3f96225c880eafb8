import { translate } from './translate';

/** `search` finds the pattern anywhere; `whole` wants all of the text. */
export type RegexUse = 'search' | 'searchAll' | 'whole';

/** Patterns may be built from data; a bound keeps a long-running realm from growing. */
const MAX_CACHED = 200;
const compiled = new Map<string, RegExp>();

function compile(pattern: string, use: RegexUse): RegExp {
  const { source, flags } = translate(pattern);
  try {
    return new RegExp(use === 'whole' ? `^(?:${source})$` : source, `${flags}${use === 'searchAll' ? 'g' : ''}v`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`"${pattern}" is no regular expression that can run here: ${why}`);
  }
}

/**
 * A Java regular expression (java.util.regex.Pattern, given as a string) as a RegExp.
 * @throws Error when the pattern is malformed or has no counterpart
 */
export function compileJavaRegex(pattern: string, use: RegexUse): RegExp {
  const key = `${use}:${pattern}`;
  let regex = compiled.get(key);
  if (!regex) {
    regex = compile(pattern, use);
    if (compiled.size >= MAX_CACHED) {
      compiled.clear();
    }
    compiled.set(key, regex);
  }
  regex.lastIndex = 0;
  return regex;
}
