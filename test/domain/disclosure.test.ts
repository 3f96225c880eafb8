import type { Caller } from '../../domain/caller';
import { mayRead, shownEvent, shownTicket } from '../../domain/disclosure';
import { ticketChanges } from '../../domain/ticket-change';
import { commentRow } from '../../domain/view';
import { comment, create, happened, update } from './specification';

const alice: Caller = { actor: 'alice', role: 'requester' };
const bob: Caller = { actor: 'bob', role: 'agent' };
const [, note, closed, reopened] = happened([
  create(alice),
  comment({ ...bob, body: 'She always says that', visibility: 'INTERNAL' }),
  update({ ...bob, status: 'CLOSED', reason: 'not again' }),
  update({ ...alice, status: 'OPEN', reason: 'it does burn' }),
]);

describe('a note', () => {
  test('is shown to agents', () => {
    expect(shownEvent(note!, bob)).toMatchObject({
      type: 'TicketNoted',
      actor: 'bob',
      comment: 'She always says that',
    });
  });

  test('is to a requester an event that says only that something happened', () => {
    expect(shownEvent(note!, alice)).toEqual({
      ...{ ticketId: 'T1', version: 2, at: note!.at, type: 'TicketTouched', actor: 'an agent' },
      ...{ reason: null, changes: [], comment: null },
    });
  });

  test('is told twice: as what it is to agents, and that something happened to requesters', () => {
    const changes = ticketChanges(note!);
    expect(changes.map(({ audience, type, actor }) => [audience, type, actor])).toEqual([
      ['AGENTS', 'TicketNoted', 'bob'],
      ['REQUESTERS', 'TicketTouched', 'an agent'],
    ]);
    const [{ audience: _a, type: _t, actor: _b, ...toAgents }, { audience: _c, type: _u, actor: _d, ...toRequesters }] =
      changes as [(typeof changes)[0], (typeof changes)[0]];
    expect(toRequesters).toEqual(toAgents);
    expect(JSON.stringify(changes)).not.toMatch(/always|noteCount/);
  });

  test("has a row among the comments', which is for agents", () => {
    const row = commentRow(note!)!;
    expect(row).toMatchObject({ row: 'comment#000000000002', visibility: 'INTERNAL' });
    expect([mayRead('agent', row), mayRead('requester', row)]).toEqual([true, false]);
    const said = commentRow(happened([create(), comment()])[1]!)!;
    expect(said).not.toHaveProperty('visibility');
    expect([mayRead('agent', said), mayRead('requester', said)]).toEqual([true, true]);
  });
});

describe('a reason', () => {
  test("of an agent's is for agents, and what they changed for everybody", () => {
    expect(shownEvent(closed!, bob).reason).toBe('not again');
    expect(shownEvent(closed!, alice)).toEqual({ ...shownEvent(closed!, bob), reason: null });
  });

  test('of their own is for a requester, too', () => {
    expect(shownEvent(reopened!, alice).reason).toBe('it does burn');
    expect(shownEvent(reopened!, bob).reason).toBe('it does burn');
  });

  test('is in no push, so that all hear of the change at once', () => {
    const changes = ticketChanges(closed!);
    expect(changes).toEqual([expect.objectContaining({ audience: 'ALL', status: 'CLOSED', actor: 'bob' })]);
    expect(JSON.stringify(changes)).not.toContain('not again');
  });
});

describe('the number of notes', () => {
  test('is for agents', () => {
    expect([shownTicket(closed!.ticket, bob), shownTicket(closed!.ticket, alice)]).toEqual([
      closed!.ticket,
      { ...closed!.ticket, noteCount: null },
    ]);
  });

  test('of a row from before there were any is 0', () => {
    expect(shownTicket({}, bob)).toEqual({ noteCount: 0 });
    expect(shownTicket({}, alice)).toEqual({ noteCount: null });
  });
});
