import { refusalBy } from '../../domain/decide';
import { create, given, happened, update } from './specification';

describe('updating a ticket', () => {
  test('records each field that changes, with what it was', () => {
    given(create({ title: 'Old', description: 'x', assignee: 'bob' }))
      .when(update({ title: 'New', description: null, priority: 'HIGH', status: 'CLOSED', assignee: 'eve' }))
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
      .when(update({ title: ' Same ', priority: 'LOW', description: null }))
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

  test('tells null, which clears, from absent, which leaves', () => {
    const ticket = create({ description: 'x', assignee: 'bob' });
    given(ticket)
      .when(update({ description: null, assignee: null }))
      .thenTicket({ description: null, assignee: null });
    given(ticket)
      .when(update({ title: 'Other', addTags: null, removeTags: null, reason: null, expectedVersion: null }))
      .thenTicket({ description: 'x', assignee: 'bob', title: 'Other' });
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
