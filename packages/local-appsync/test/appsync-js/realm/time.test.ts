import { runner } from './support';

const NOW = 1_517_943_695_750;
const { valueOf, errorOf } = runner({ now: () => NOW });

describe('util.time', () => {
  it.each([
    ['nowISO8601()', '2018-02-06T19:01:35.750Z'],
    ['nowEpochSeconds()', 1_517_943_695],
    ['nowEpochMilliSeconds()', NOW],
    ["nowFormatted('yyyy-MM-dd HH:mm:ssZ')", '2018-02-06 19:01:35+0000'],
    ["nowFormatted('yyyy-MM-dd HH:mm:ssZ', 'Australia/Perth')", '2018-02-07 03:01:35+0800'],
    ["parseFormattedToEpochMilliSeconds('2018-02-06 19:01:35+0800', 'yyyy-MM-dd HH:mm:ssZ')", 1_517_914_895_000],
    [
      "parseFormattedToEpochMilliSeconds('2018-02-06 19:01:35', 'yyyy-MM-dd HH:mm:ss', 'Australia/Perth')",
      1_517_914_895_000,
    ],
    [
      "parseFormattedToEpochMilliSeconds('2018-02-06 19:01:35+0800', 'yyyy-MM-dd HH:mm:ssZ', 'Europe/Berlin')",
      1_517_914_895_000,
    ],
    ["parseISO8601ToEpochMilliSeconds('2018-02-01T17:21:05.180+08:00')", 1_517_476_865_180],
    ["parseISO8601ToEpochMilliSeconds('2018-02-01T09:21:05.180999999Z')", 1_517_476_865_180],
    ["parseISO8601ToEpochMilliSeconds('2018-02-01T17:21+0800')", 1_517_476_860_000],
    ["parseISO8601ToEpochMilliSeconds('2018-02-01T17:21:05+08')", 1_517_476_865_000],
    ["parseISO8601ToEpochMilliSeconds('2018-02-01T09:21:05,5Z')", 1_517_476_865_500],
    [`epochMilliSecondsToSeconds(${NOW})`, 1_517_943_695],
    [`epochMilliSecondsToISO8601(${NOW})`, '2018-02-06T19:01:35.750Z'],
    [`epochMilliSecondsToFormatted(${NOW})`, '2018-02-06 19:01:35+0000'],
    [`epochMilliSecondsToFormatted(${NOW}, 'yyyy-MM-dd HH:mm:ss')`, '2018-02-06 19:01:35'],
    [`epochMilliSecondsToFormatted(${NOW}, 'yyyy-MM-dd HH:mm:ssZ', 'Australia/Perth')`, '2018-02-07 03:01:35+0800'],
  ])('%s', (call, value) => {
    expect(valueOf(`util.time.${call}`)).toBe(value);
  });

  it.each([
    ['EEE, d MMM yyyy', 'Tue, 6 Feb 2018'],
    ['EEEE d MMMM uu', 'Tuesday 6 February 18'],
    ['hh:mm a', '07:01 PM'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSXXX", '2018-02-06T19:01:35.750Z'],
    ['D n A', '37 750000000 68495750'],
    ["'it''s' yyyy", "it's 2018"],
  ])('formats with the Java pattern %s', (pattern, text) => {
    expect(valueOf(`util.time.epochMilliSecondsToFormatted(${NOW}, ${JSON.stringify(pattern)})`)).toBe(text);
  });

  it('knows daylight saving time', () => {
    const summer = 1_531_000_000_000;
    expect(
      valueOf(`[${NOW}, ${summer}].map((ms) => util.time.epochMilliSecondsToFormatted(ms, 'XXX', 'Europe/Berlin'))`),
    ).toEqual(['+01:00', '+02:00']);
  });

  it.each([
    [
      "parseISO8601ToEpochMilliSeconds('2018-02-01T17:21:05')",
      '"2018-02-01T17:21:05" is not an ISO 8601 date and time with an offset',
    ],
    ["parseISO8601ToEpochMilliSeconds('yesterday')", '"yesterday" is not an ISO 8601'],
    ["parseISO8601ToEpochMilliSeconds('2018-13-01T00:00:00Z')", '"2018-13-01T00:00:00Z" is not an ISO 8601'],
    ["parseFormattedToEpochMilliSeconds('soon', 'yyyy-MM-dd')", 'cannot parse "soon" with "yyyy-MM-dd"'],
    [
      "parseFormattedToEpochMilliSeconds('2018-02-06 19:01:35', 'yyyy-MM-dd HH:mm:ss')",
      'cannot parse "2018-02-06 19:01:35"',
    ],
    ["nowFormatted('yyyy', 'Mars/Olympus')", 'cannot format with "yyyy" in Mars/Olympus'],
    ["nowFormatted('{')", 'cannot format with "{"'],
  ])('%s fails and says why', (call, why) => {
    expect(errorOf(`util.time.${call}`)).toContain(why);
  });
});
