const UNITS: [Intl.RelativeTimeFormatUnit, ms: number][] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** How long ago, in the largest unit that fits. A clock of a server that is ahead makes no future. */
export function ageOf(at: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(at));
  const [unit, size] = UNITS.find(([, size]) => ms >= size) ?? [];
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
  return unit && size ? words.format(-Math.floor(ms / size), unit) : 'just now';
}

/** The time of day, with the day unless it is today's, in the person's own time zone. */
export function momentOf(at: string, now: number): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  const isToday = date.toDateString() === new Date(now).toDateString();
  const day = date.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
  return isToday ? time : `${day}, ${time}`;
}

/** When the day (YYYY-MM-DD) of the person begins, as the API takes it. */
export function beginOf(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}

/** The person's day in which a time is, as an input of type date has it. */
export function dayOf(at: string): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
