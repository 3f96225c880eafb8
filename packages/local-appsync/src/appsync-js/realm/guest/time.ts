import { host, type DateFormats } from './host';
import { intrinsics } from './intrinsics';
import { applies } from './quirks/applied';
import { tookEffectInHelper } from './quirks/effects';

const UTC = 'UTC';
/** What epochMilliSecondsToFormatted uses when no format is given. */
const DEFAULT_PATTERN = 'yyyy-MM-dd HH:mm:ssZ';
/** Java's ISO_DATE_TIME with the offset that makes it an instant. */
const ISO8601 = /^[+-]?\d{4,}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?)$/;

let formats: DateFormats | undefined;

function dateFormats(): DateFormats {
  return (formats ??= host().loadDateFormats()(intrinsics));
}

/** Java's ISO_INSTANT leaves `.000` out (T1). */
function iso(epochMilliSeconds: number): string {
  const text = new Date(epochMilliSeconds).toISOString();
  return text.endsWith('.000Z') && applies('T1') && tookEffectInHelper('T1') ? `${text.slice(0, -5)}Z` : text;
}

function parseIso(text: string): number {
  const match = ISO8601.exec(text);
  const offset = match?.[3] ?? '';
  // Date.parse knows neither "+08" and "+0800" nor a decimal comma nor nanoseconds.
  const clock = text.slice(0, text.length - offset.length).replace(/[.,](\d{1,3})\d*$/, '.$1');
  const zone = offset === 'Z' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(3).split(':').join('') || '00'}`;
  const parsed = match ? Date.parse(clock + zone) : NaN;
  if (Number.isNaN(parsed)) {
    throw new Error(
      `"${text}" is not an ISO 8601 date and time with an offset, such as 2018-02-01T17:21:05.180+08:00.`,
    );
  }
  return parsed;
}

export const time = {
  nowISO8601: (): string => iso(host().now()),
  nowEpochSeconds: (): number => Math.floor(host().now() / 1000),
  nowEpochMilliSeconds: (): number => host().now(),
  nowFormatted: (pattern: string, zone: string = UTC): string => dateFormats().format(host().now(), pattern, zone),
  parseFormattedToEpochMilliSeconds: (text: string, pattern: string, zone?: string): number =>
    dateFormats().parse(text, pattern, zone ?? null),
  parseISO8601ToEpochMilliSeconds: parseIso,
  epochMilliSecondsToSeconds: (milliseconds: number): number => Math.floor(milliseconds / 1000),
  epochMilliSecondsToISO8601: iso,
  epochMilliSecondsToFormatted: (milliseconds: number, pattern: string = DEFAULT_PATTERN, zone: string = UTC): string =>
    dateFormats().format(milliseconds, pattern, zone),
};
