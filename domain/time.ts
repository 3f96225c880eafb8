/**
 * The time with its milliseconds. AppSync is reported to leave `.000` out (T1), and "…:00Z" comes after "…:00.250Z" in
 * the order of texts.
 * @param time ISO 8601 in UTC, such as 2026-01-01T00:00:00Z
 */
export function withMilliseconds(time: string): string {
  return time.indexOf('.') < 0 ? `${time.slice(0, time.length - 1)}.000Z` : time;
}
