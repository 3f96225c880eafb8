import { ageOf, beginOf, dayOf, momentOf } from '../../web/src/time';

const now = Date.parse('2026-03-10T12:00:00Z');

test.each([
  ['2026-03-10T12:00:30Z', 'just now'],
  ['2026-03-10T11:59:01Z', 'just now'],
  ['2026-03-10T11:01:00Z', '59 minutes ago'],
  ['2026-03-09T12:00:01Z', '23 hours ago'],
  ['2026-03-08T12:00:00Z', '2 days ago'],
  ['2025-03-09T12:00:00Z', '1 year ago'],
])('%s is %s', (at, age) => {
  expect(ageOf(at, now)).toBe(age);
});

test('today needs no date, and another day has the time of day, too', () => {
  const today = momentOf(new Date(2026, 2, 10, 9, 5).toISOString(), new Date(2026, 2, 10, 12).getTime());
  const before = momentOf(new Date(2026, 2, 8, 9, 5).toISOString(), new Date(2026, 2, 10, 12).getTime());
  expect(today).toMatch(/^\D*0?9:05/);
  expect(before).toMatch(/2026.*9:05/);
});

test.each(['2026-01-01', '2026-03-29', '2024-02-29'])('the day %s begins at midnight where the person is', (day) => {
  expect(new Date(beginOf(day)).getHours()).toBe(0);
  expect(dayOf(beginOf(day))).toBe(day);
});
