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
  fc.assert(
    fc.property(filter, (filter) => {
      const shown = tickets.filter((ticket) => isListed(ticket, filter as Filter));
      const listed = tickets.filter((ticket) => domain.isListed(ticketRow(ticket), filter as Filter));
      expect(shown).toEqual(listed);
    }),
  );
  const byKey = [...tickets].sort((a, b) => (ticketRow(a).changed < ticketRow(b).changed ? -1 : 1));
  expect([...tickets].sort(comparing('ASC'))).toEqual(byKey);
  expect([...tickets].sort(comparing('DESC'))).toEqual(byKey.reverse());
});
