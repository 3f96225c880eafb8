import { compileJavaRegex } from './javaRegex';

/** `util.matches`: the whole value must match, as with java.util.regex.Pattern.matches. */
export const matches = (pattern: string, value: string): boolean => compileJavaRegex(pattern, 'whole').test(value);
