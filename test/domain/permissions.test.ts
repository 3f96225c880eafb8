import fc from 'fast-check';
import type { TicketCommand, UpdateTicket } from '../../domain/commands';
import { decide, refusalBy } from '../../domain/decide';
import type { Caller } from '../../domain/caller';
import type { TicketStatus } from '../../domain/ticket';
import { comment, create, given, happened, update } from './specification';

const alice: Caller = { actor: 'alice', role: 'requester' };
const mallory: Caller = { actor: 'mallory', role: 'requester' };
const agent: Caller = { actor: 'bob', role: 'agent' };

describe('a requester', () => {
  test('creates tickets, and is their requester', () => {
    given()
      .when(create({ ...alice, priority: 'URGENT', tags: ['hot'] }))
      .thenTicket({ requester: 'alice', priority: 'URGENT', tags: ['hot'], assignee: null });
  });

  test('changes title and description, closes, reopens and comments on their own', () => {
    const mine = create(alice);
    given(mine)
      .when(update({ ...alice, title: 'New', description: 'More', status: 'CLOSED', reason: 'solved' }))
      .thenTicket({ title: 'New', description: 'More', status: 'CLOSED' });
    given(mine, update({ ...agent, status: 'RESOLVED' }))
      .when(update({ ...alice, status: 'OPEN' }))
      .thenTicket({ status: 'OPEN' });
    given(mine)
      .when(comment({ ...alice, body: 'Still burning' }))
      .thenTicket({ commentCount: 1 });
  });

  test.each<[string, Partial<UpdateTicket>]>([
    ['priority', { priority: 'LOW' }],
    ['assignee', { assignee: 'mallory' }],
    ['clear', { clear: ['ASSIGNEE'] }],
    ['clear', { clear: ['DESCRIPTION', 'ASSIGNEE'] }],
    ['addTags', { addTags: ['hot'] }],
    ['removeTags', { removeTags: ['hot'] }],
  ])('may not touch %s', (field, fields) => {
    given(create(alice))
      .when(update({ ...alice, title: 'New', ...fields }))
      .thenRefused({ type: 'Unauthorized', info: { field } });
  });

  test('clears the description of their own', () => {
    given(create({ ...alice, description: 'x' }))
      .when(update({ ...alice, clear: ['DESCRIPTION'] }))
      .thenTicket({ description: null });
  });

  test('writes no note', () => {
    given(create(alice))
      .when(comment({ ...alice, visibility: 'INTERNAL' }))
      .thenRefused({ type: 'Unauthorized', info: { field: 'visibility' } });
    given(create(alice))
      .when(comment({ ...alice, visibility: 'PUBLIC' }))
      .thenTicket({ commentCount: 1 });
  });

  test('asks for nothing by null and empty lists', () => {
    given(create(alice))
      .when(update({ ...alice, priority: null, assignee: null, clear: [], addTags: [], removeTags: null }))
      .thenNothingChanges();
  });

  test('assigns nobody', () => {
    given()
      .when(create({ ...alice, assignee: 'bob' }))
      .thenRefused({ type: 'Unauthorized', info: { field: 'assignee' } });
  });

  test.each<[TicketStatus, TicketStatus]>([
    ['OPEN', 'IN_PROGRESS'],
    ['OPEN', 'ON_HOLD'],
    ['OPEN', 'RESOLVED'],
    ['IN_PROGRESS', 'OPEN'],
    ['ON_HOLD', 'OPEN'],
  ])('may not make what is %s %s', (from, to) => {
    given(create(alice), ...(from === 'OPEN' ? [] : [update({ ...agent, status: from })]))
      .when(update({ ...alice, status: to }))
      .thenRefused({ type: 'Unauthorized', info: { field: 'status' } });
  });

  test('who repeats the status as it is changes nothing', () => {
    given(create(alice), update({ ...agent, status: 'IN_PROGRESS' }))
      .when(update({ ...alice, status: 'IN_PROGRESS' }))
      .thenNothingChanges();
  });

  test('who repeats a command gets the first answer', () => {
    const closing = update({ ...alice, status: 'CLOSED' });
    const events = happened([create(alice), closing]);
    given(create(alice), closing).when(closing).thenRepeated(2);
    expect(refusalBy(events[1]!, closing)).toBeNull();
  });
});

describe('an agent', () => {
  test('does everything on every ticket', () => {
    given(create(alice))
      .when(update({ ...agent, status: 'ON_HOLD', priority: 'LOW', assignee: 'bob', addTags: ['hot'] }))
      .thenTicket({ status: 'ON_HOLD', priority: 'LOW', assignee: 'bob', tags: ['hot'], requester: 'alice' });
  });
});

describe("another's ticket", () => {
  const known = update({ ...agent, status: 'RESOLVED', commandId: 'known' });
  const events = happened([create({ ...alice, commandId: 'creation' }), known]);
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const commands: fc.Arbitrary<TicketCommand> = fc.oneof(
    fc
      .record({
        commandId: fc.constantFrom('known', 'creation', 'new'),
        expectedVersion: maybe(fc.constantFrom(null, 1, 2, 3)),
        title: maybe(fc.constantFrom('Printer on fire', 'New', '', null)),
        status: maybe(fc.constantFrom<TicketStatus[]>('OPEN', 'IN_PROGRESS', 'RESOLVED', 'CLOSED')),
        priority: maybe(fc.constantFrom('LOW' as const, 'HIGH' as const)),
        assignee: maybe(fc.constantFrom(null, 'mallory')),
        addTags: maybe(fc.constantFrom<(string[] | null)[]>(null, ['hot'])),
        description: maybe(fc.constant(null)),
        clear: maybe(fc.constantFrom<UpdateTicket['clear'][]>(null, [], ['DESCRIPTION'], ['ASSIGNEE'])),
      })
      .map((fields) => update({ ...mallory, ...fields })),
    fc
      .record({ commandId: fc.constantFrom('known', 'new'), body: fc.constantFrom('', 'Hello') })
      .map((fields) => comment({ ...mallory, ...fields })),
  );

  test('answers any command as a ticket that does not exist', () => {
    fc.assert(
      fc.property(commands, (command) => {
        expect(decide(events.at(-1)!, command)).toEqual(decide(null, command));
      }),
    );
  });

  test('tells who creates it again that the id is taken, and nothing else, whatever the commandId', () => {
    for (const commandId of ['creation', 'known', 'new']) {
      expect(refusalBy(events[0]!, create({ ...mallory, commandId }))).toMatchObject({
        type: 'TicketAlreadyExists',
        info: null,
      });
    }
  });
});
