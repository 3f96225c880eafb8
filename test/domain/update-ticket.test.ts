import { refusalBy } from '../../domain/decide';
import { create, given, happened, update } from './specification';

describe('updating a ticket', () => {
  test('records each field that changes, with what it was', () => {
    given(create({ title: 'Old', description: 'x', assignee: 'bob' }))
      .when(update({ title: 'New', clear: ['DESCRIPTION'], priority: 'HIGH', status: 'CLOSED', assignee: 'eve' }))
      .then({
        type: 'TicketUpdated',
        data: {
          title: { from: 'Old', to: 'New' },
          description: { from: 'x', to: null },
          priority: { from: 'MEDIUM', to: 'HIGH' },
          status: { from: 'OPEN', to: 'CLOSED' },
          assignee: { from: 'bob', to: 'eve' },
        },
      });
  });

  test('leaves out the fields that have the value already', () => {
    given(create({ title: 'Same' }))
      .when(update({ title: ' Same ', priority: 'LOW' }))
      .then({ type: 'TicketUpdated', data: { priority: { from: 'MEDIUM', to: 'LOW' } } });
  });

  test('records the tags that it really added and removed', () => {
    given(create({ tags: ['a', 'b'] }))
      .when(update({ addTags: ['A', 'c'], removeTags: ['B', 'd'] }))
      .then({ type: 'TicketUpdated', data: { tags: { added: ['c'], removed: ['b'] } } });
  });

  test('that changes nothing comes to no event', () => {
    given(create({ tags: ['a'], assignee: 'bob' }))
      .when(update({ assignee: 'bob', addTags: ['a'], removeTags: ['z'], reason: 'just looking' }))
      .thenNothingChanges();
    given(create()).when(update()).thenNothingChanges();
  });

  const ticket = create({ description: 'x', assignee: 'bob' });

  test('empties the fields that it clears by name', () => {
    given(ticket)
      .when(update({ clear: ['DESCRIPTION'] }))
      .then({ type: 'TicketUpdated', data: { description: { from: 'x', to: null } } });
    given(ticket)
      .when(update({ clear: ['ASSIGNEE'] }))
      .then({ type: 'TicketUpdated', data: { assignee: { from: 'bob', to: null } } });
    given(ticket)
      .when(update({ clear: ['ASSIGNEE', 'DESCRIPTION', 'ASSIGNEE'] }))
      .thenTicket({ description: null, assignee: null });
  });

  test('clears a field that is null beside it, and one that is empty already for no event', () => {
    given(ticket)
      .when(update({ clear: ['DESCRIPTION'], description: null }))
      .thenTicket({ description: null, assignee: 'bob' });
    given(create())
      .when(update({ clear: ['DESCRIPTION', 'ASSIGNEE'] }))
      .thenNothingChanges();
  });

  test.each([null, undefined])('leaves each field as it is where it is %s', (nothing) => {
    given(ticket)
      .when(
        update({
          expectedVersion: nothing,
          title: nothing,
          description: nothing,
          status: nothing,
          priority: nothing,
          assignee: nothing,
          clear: nothing,
          addTags: nothing,
          removeTags: nothing,
          reason: nothing,
        }),
      )
      .thenNothingChanges();
  });

  test('takes empty lists for nothing', () => {
    given(ticket)
      .when(update({ clear: [], addTags: [], removeTags: [] }))
      .thenNothingChanges();
  });

  test('of a ticket that does not exist is refused', () => {
    given()
      .when(update({ title: 'x' }))
      .thenRefused({ type: 'TicketNotFound', info: null });
  });

  test('is refused unless the ticket is at the version that was expected', () => {
    const history = [create(), update({ title: 'Two' })];
    given(...history)
      .when(update({ title: 'Three', expectedVersion: 2 }))
      .thenTicket({ version: 3 });
    for (const expectedVersion of [-1, 0, 1, 3]) {
      given(...history)
        .when(update({ title: 'Three', expectedVersion }))
        .thenRefused({ type: 'VersionConflict', info: { currentVersion: 2 } });
    }
  });
});

describe('a repeated command', () => {
  const others = Array.from({ length: 7 }, (_, i) => update({ title: `Other ${i}` }));

  test('is known by its id, also when seven others came in between', () => {
    given(create(), update({ commandId: 'mine', title: 'Mine', expectedVersion: 1 }), ...others)
      .when(update({ commandId: 'mine', title: 'Mine', expectedVersion: 1 }))
      .thenRepeated(2);
  });

  test('is answered with the event that it wrote', () => {
    const command = update({ title: 'Mine', addTags: ['x'], reason: 'because' });
    const [, event] = happened([create({ tags: ['y'] }), command]);
    expect(refusalBy(event!, command)).toBeNull();
  });

  test('that clears is known by what it cleared', () => {
    const [, event] = happened([create({ assignee: 'bob' }), update({ commandId: 'mine', clear: ['ASSIGNEE'] })]);
    expect(refusalBy(event!, update({ commandId: 'mine', clear: ['ASSIGNEE'] }))).toBeNull();
    expect(refusalBy(event!, update({ commandId: 'mine', assignee: 'eve' }))).toMatchObject({
      type: 'CommandIdReused',
    });
  });

  test.each([
    ['another value', { title: 'Else' }],
    ['a field more', { title: 'Mine', priority: 'LOW' as const }],
    ['another reason', { title: 'Mine', reason: 'no' }],
    ['another author', { title: 'Mine', actor: 'mallory' }],
    ['another expected version', { title: 'Mine', expectedVersion: 7 }],
  ])('with %s is refused', (_, fields) => {
    const [, event] = happened([create(), update({ commandId: 'mine', title: 'Mine' })]);
    expect(refusalBy(event!, update({ commandId: 'mine', ...fields }))).toMatchObject({ type: 'CommandIdReused' });
  });

  test('that lost a race to another command is a conflict', () => {
    const [first, winner] = happened([create(), update({ title: 'Winner' })]);
    expect(refusalBy(winner!, update({ title: 'Loser' }))).toMatchObject({
      type: 'VersionConflict',
      info: { currentVersion: 2 },
    });
    expect(refusalBy(first!, create())).toMatchObject({ type: 'TicketAlreadyExists' });
  });
});
