import { isDeepStrictEqual } from 'node:util';

/** The names of the fields that two objects do not have alike. */
export function fieldsThatDiffer(a: object, b: object): string[] {
  const [left, right] = [a, b] as Record<string, unknown>[];
  const names = new Set([...Object.keys(left!), ...Object.keys(right!)]);
  return [...names].filter((name) => !isDeepStrictEqual(left![name], right![name]));
}
