import { DateTimeFormatter, Instant, LocalDateTime, TemporalQueries, ZonedDateTime, ZoneId } from '@js-joda/core';
import { Locale } from '@js-joda/locale_en-us';
import '@js-joda/timezone';
import type { DateFormats } from './host';

/** Patterns come from code, not from data, so there are few; the bound is for code that builds them. */
const MAX_CACHED = 200;
const formatters = new Map<string, DateTimeFormatter>();

/** Java's DateTimeFormatter.ofPattern(pattern), in English. */
function formatterOf(pattern: string): DateTimeFormatter {
  const cached = formatters.get(pattern);
  if (cached) {
    return cached;
  }
  const formatter = DateTimeFormatter.ofPattern(pattern).withLocale(Locale.ENGLISH);
  if (formatters.size >= MAX_CACHED) {
    formatters.clear();
  }
  formatters.set(pattern, formatter);
  return formatter;
}

/** js-joda's own errors carry a stack of their realm's making; resolver code should see a plain one. */
function explained<T>(what: string, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export const dateFormats: DateFormats = {
  format: (epochMilliSeconds, pattern, zone) =>
    explained(`cannot format with "${pattern}" in ${zone}`, () =>
      ZonedDateTime.ofInstant(Instant.ofEpochMilli(epochMilliSeconds), ZoneId.of(zone)).format(formatterOf(pattern)),
    ),
  parse: (text, pattern, zone) =>
    explained(`cannot parse "${text}" with "${pattern}"`, () => {
      const parsed = formatterOf(pattern).parse(text);
      // A zone in the text wins over the argument, as with Java's withZone.
      const zoned =
        zone === null || parsed.query(TemporalQueries.zone()) !== null
          ? ZonedDateTime.from(parsed)
          : LocalDateTime.from(parsed).atZone(ZoneId.of(zone));
      return zoned.toInstant().toEpochMilli();
    }),
};
