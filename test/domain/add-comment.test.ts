import { changesOf, commentOf } from '../../domain/changes';
import { refusalBy } from '../../domain/decide';
import { ticketChanges } from '../../domain/ticket-change';
import { comment, create, given, happened, update } from './specification';

describe('commenting on a ticket', () => {
  test('records what was said, as it was said', () => {
    given(create())
      .when(comment({ body: ' It burns.\n' }))
      .then({ type: 'TicketCommented', data: { body: ' It burns.\n' } });
  });

  test('counts the comment and changes no other field', () => {
    const history = [create({ tags: ['a'], assignee: 'bob' }), comment(), update({ title: 'Two' })];
    given(...history)
      .when(comment({ at: '2026-05-06T07:08:09.010Z' }))
      .thenTicket({
        ...happened(history)[2]!.ticket,
        version: 4,
        commentCount: 2,
        updatedAt: '2026-05-06T07:08:09.010Z',
      });
  });

  test('starts from none', () => {
    given().when(create()).thenTicket({ commentCount: 0 });
  });

  test('is taken whatever the status of the ticket', () => {
    given(create(), update({ status: 'CLOSED' }))
      .when(comment())
      .thenTicket({ status: 'CLOSED', commentCount: 1 });
  });

  test('that does not exist is refused', () => {
    given().when(comment()).thenRefused({ type: 'TicketNotFound', info: null });
  });

  test('is shown as a comment, not as a change of fields', () => {
    const [created, commented] = happened([create(), comment({ body: 'Water!' })]);
    expect(commentOf(commented!)).toBe('Water!');
    expect(changesOf(commented!, commented!.ticket)).toEqual([]);
    expect(commentOf(created!)).toBeNull();
  });

  test('tells subscribers that status and assignee stayed', () => {
    const [, , commented] = happened([create(), update({ status: 'ON_HOLD', assignee: 'bob' }), comment()]);
    expect(ticketChanges(commented!)).toMatchObject([
      {
        type: 'TicketCommented',
        version: 3,
        status: 'ON_HOLD',
        previousStatus: 'ON_HOLD',
        assignee: 'bob',
        previousAssignee: 'bob',
        changes: [],
        ticket: { commentCount: 1 },
        audience: 'ALL',
      },
    ]);
  });
});

describe('an internal comment, a note', () => {
  test('is an event of its own type', () => {
    given(create())
      .when(comment({ body: 'Ask facilities', visibility: 'INTERNAL' }))
      .then({ type: 'TicketNoted', data: { body: 'Ask facilities' } });
  });

  test('is counted apart from what everybody may read', () => {
    given(create(), comment({ visibility: 'INTERNAL' }), comment({ visibility: 'PUBLIC' }))
      .when(comment({ visibility: 'INTERNAL' }))
      .thenTicket({ version: 4, commentCount: 1, noteCount: 2 });
  });

  test('is what was asked for alone: null and absent are public', () => {
    given(create())
      .when(comment({ visibility: null }))
      .then({ type: 'TicketCommented', data: { body: 'It burns' } });
  });

  test('is another command than a public one of the same words', () => {
    const [, note] = happened([create(), comment({ commandId: 'mine', visibility: 'INTERNAL' })]);
    expect(refusalBy(note!, comment({ commandId: 'mine' }))).toMatchObject({ type: 'CommandIdReused' });
    expect(refusalBy(note!, comment({ commandId: 'mine', visibility: 'INTERNAL' }))).toBeNull();
  });
});

describe('a repeated comment', () => {
  const others = Array.from({ length: 7 }, (_, i) => comment({ body: `Other ${i}` }));

  test('is known by its id, also when seven others came in between', () => {
    given(create(), comment({ commandId: 'mine' }), ...others)
      .when(comment({ commandId: 'mine' }))
      .thenRepeated(2);
  });

  test('is answered with the event that it wrote', () => {
    const command = comment({ body: 'Mine' });
    const [, event] = happened([create(), command]);
    expect(refusalBy(event!, command)).toBeNull();
  });

  test.each([
    ['another body', comment({ commandId: 'mine', body: 'Else' })],
    ['another author', comment({ commandId: 'mine', body: 'Mine', actor: 'mallory' })],
    ['another kind of command', update({ commandId: 'mine', title: 'Mine' })],
  ])('with %s is refused', (_, command) => {
    const [, event] = happened([create(), comment({ commandId: 'mine', body: 'Mine' })]);
    expect(refusalBy(event!, command)).toMatchObject({ type: 'CommandIdReused', info: null });
  });

  test('that lost a race to another command is a conflict', () => {
    const [, winner] = happened([create(), comment({ body: 'Winner' })]);
    expect(refusalBy(winner!, comment({ body: 'Winner' }))).toMatchObject({
      type: 'VersionConflict',
      info: { currentVersion: 2 },
    });
  });
});
