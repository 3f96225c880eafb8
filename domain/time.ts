/**
 * The time with milliseconds. AppSync is reported to omit `.000` (T1), but times are sorted as strings, and "…:00Z" sorts
 * after "…:00.250Z".
 * @param time ISO 8601 in UTC, such as 2026-01-01T00:00:00Z
 */
export function withMilliseconds(time: string): string {
  return time.indexOf('.') < 0 ? `${time.slice(0, time.length - 1)}.000Z` : time;
}
