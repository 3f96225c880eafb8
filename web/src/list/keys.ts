/** The row that a key leads to from a row; null if the key leads to none, or there is no further one. */
export function placeAfter(key: string, place: number, count: number, inSight: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: inSight,
    PageUp: -inSight,
    Home: -count,
    End: count,
  };
  const step = steps[key];
  return step === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, place + step));
}
