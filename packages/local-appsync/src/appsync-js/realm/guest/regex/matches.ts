import { applies } from '../quirks/applied';
import { tookEffectInHelper } from '../quirks/effects';
import { compileJavaRegex } from './java-regex';

/** `util.matches`: the whole value must match, as with java.util.regex.Pattern.matches, or any part of it (T2). */
export function matches(pattern: string, value: string): boolean {
  return (
    compileJavaRegex(pattern, 'whole').test(value) ||
    (applies('T2') && compileJavaRegex(pattern, 'search').test(value) && tookEffectInHelper('T2'))
  );
}
