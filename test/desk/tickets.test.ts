import fc from 'fast-check';
import * as domain from '../../domain/listing';
import { allowedTransitions } from '../../domain/rules';
import { ticketRow } from '../../domain/view';
import { historyOf } from '../../ops/histories';
import { comparing, type Filter, isListed, offeredTo, STATUSES } from '../../web/src/tickets';

const tickets = Array.from({ length: 60 }, (_, n) => historyOf(5, n).at(-1)!.ticket);

test('the desk offers an agent each transition, and a requester what a requester may', () => {
  const offers = (isAgent: boolean) =>
    Object.fromEntries(STATUSES.map((status) => [status, offeredTo(isAgent, { ...tickets[0]!, status })]));
  expect(offers(true)).toEqual(Object.fromEntries(STATUSES.map((status) => [status, allowedTransitions(status)])));
  expect(offers(false)).toEqual({
    ...{ OPEN: ['CLOSED'], IN_PROGRESS: ['CLOSED'], ON_HOLD: ['CLOSED'] },
    ...{ RESOLVED: ['OPEN', 'CLOSED'], CLOSED: ['OPEN'] },
  });
});

test.each([
  ['ΣΥΣΤΗΜΑ', 'συς'],
  ['Straße', 'STRASSE'],
  ['Caf\u00e9', 'cafe\u0301'],
  ['\u0130stanbul', 'istanbul'],
])('the desk finds in the title %s what the API finds there: %s', (title, titleContains) => {
  expect(isListed({ ...tickets[0]!, title }, { titleContains })).toBe(true);
  expect(isListed({ ...tickets[0]!, title: 'Another' }, { titleContains })).toBe(false);
});

test('the desk compares tags as the API spells them', () => {
  expect(isListed({ ...tickets[0]!, tags: ['caf\u00e9'] }, { tag: 'Cafe\u0301\u200b' })).toBe(true);
});

test('the desk places a live change in a list as the API would', () => {
  const filter = fc.record(
    {
      status: fc.constantFrom(...STATUSES),
      assignee: fc.constantFrom('bob', 'carol'),
      requester: fc.constantFrom('ann', 'eve'),
      priority: fc.constantFrom('LOW', 'URGENT'),
      tag: fc.constantFrom('hardware', ' Network '),
      titleContains: fc.constantFrom('PRINTER', 'is '),
      updatedSince: fc.constantFrom(...tickets.slice(0, 10).map(({ updatedAt }) => updatedAt)),
    },
    { requiredKeys: [] },
  );
  let found = 0;
  fc.assert(
    fc.property(filter, (filter) => {
      const shown = tickets.filter((ticket) => isListed(ticket, filter as Filter));
      const folded = { ...filter, titleContains: filter.titleContains?.toUpperCase() } as Filter;
      const listed = tickets.filter((ticket) =>
        domain.isListed({ ...ticketRow(ticket), foldedTitle: ticket.title.toUpperCase() }, folded),
      );
      expect(shown).toEqual(listed);
      found += filter.titleContains === undefined ? 0 : shown.length;
    }),
  );
  expect(found).toBeGreaterThan(0);
  const byKey = [...tickets].sort((a, b) => (ticketRow(a).changed < ticketRow(b).changed ? -1 : 1));
  expect([...tickets].sort(comparing('ASC'))).toEqual(byKey);
  expect([...tickets].sort(comparing('DESC'))).toEqual(byKey.reverse());
});
