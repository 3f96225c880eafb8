import fc from 'fast-check';
import * as domain from '../../domain/listing';
import { allowedTransitions } from '../../domain/rules';
import { ticketRow } from '../../domain/view';
import { notPermitted } from '../../domain/permissions';
import { historyOf } from '../../ops/histories';
import { comparing, type Filter, isListed, offeredTo, STATUSES, TRANSITIONS } from '../../web/src/tickets';
import { update } from '../domain/specification';

// The desk knows the API alone, so it says some things again. These hold it to the domain.

const tickets = Array.from({ length: 60 }, (_, n) => historyOf(5, n).at(-1)!.ticket);

test('the desk offers the transitions that the domain allows', () => {
  expect(Object.fromEntries(STATUSES.map((status) => [status, allowedTransitions(status)]))).toEqual(TRANSITIONS);
});

test('the desk offers a requester what a requester may', () => {
  for (const status of STATUSES) {
    const ticket = { ...tickets[0]!, status };
    const permitted = allowedTransitions(status).filter(
      (to) => notPermitted(update({ role: 'requester', status: to }), ticket) === null,
    );
    expect(offeredTo(false, status)).toEqual(permitted);
    expect(offeredTo(true, status)).toEqual(allowedTransitions(status));
  }
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
      const listed = tickets.filter((ticket) => domain.isListed(ticketRow(ticket), filter as domain.TicketFilter));
      expect(shown).toEqual(listed);
    }),
  );
  const byKey = [...tickets].sort((a, b) => (ticketRow(a).changed < ticketRow(b).changed ? -1 : 1));
  expect([...tickets].sort(comparing('ASC'))).toEqual(byKey);
  expect([...tickets].sort(comparing('DESC'))).toEqual(byKey.reverse());
});
