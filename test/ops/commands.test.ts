import { rebuilt } from '../../ops/commands/rebuild';
import { outcomeOf } from '../../ops/commands/redrive';
import { verified, wordsOf } from '../../ops/commands/verify';

test.each([
  [{ differences: 0, repaired: 0 }, '9 events of 2 tickets: no difference.'],
  [{ differences: 3, repaired: 2 }, '9 events of 2 tickets: 3 differences, 2 repaired.'],
])('verify tells how many differences there were: %j', (result, words) => {
  expect(verified({ events: 9, tickets: 2, ...result })).toBe(words);
});

test('a difference is told with its ticket, version and kind', () => {
  const why = 'at must be a time';
  expect(wordsOf({ ticketId: 'T', kind: 'unreadable event', version: 3, field: 'at', why })).toBe(
    'T version 3: unreadable event: at must be a time',
  );
});

test('rebuild tells of differences only in another table', () => {
  const result = { events: 9, tickets: 2, comments: 3, orphans: 1, unreadable: 0, differences: 4 };
  const words = "9 events: 2 tickets, 3 comments, 1 orphans removed, 0 events that can't be read";
  expect(rebuilt(result, undefined)).toBe(`${words}.`);
  expect(rebuilt(result, 'beside')).toBe(`${words}, 4 differences in beside.`);
});

test.each<[string, Partial<Parameters<typeof outcomeOf>[0]>, dryRun: boolean, string]>([
  ['done', {}, false, 'M: T 1, T 2; done'],
  ['looked at', {}, true, 'M: T 1, T 2; kept'],
  ['refused in part', { refused: ['T 2'] }, false, 'M: T 1, T 2; refused: T 2'],
  ['in vain', { error: 'no answer', refused: ['T 2'] }, false, 'M: T 1, T 2; no answer'],
  ['about nothing', { events: [] }, false, 'M: no event that the log has; done'],
])('redrive tells of a letter that was %s', (_, letter, dryRun, words) => {
  expect(outcomeOf({ messageId: 'M', events: ['T 1', 'T 2'], refused: [], ...letter }, dryRun)).toBe(words);
});
