import { decide, refusalBy } from '../../domain/decide';
import { shownEvent } from '../../domain/disclosure';
import { EVENT_SCHEMA, type TicketEvent } from '../../domain/events';
import { evolve } from '../../domain/evolve';
import type { Ticket } from '../../domain/ticket';
import { type StoredEvent, upcast } from '../../domain/upcast';
import { comment, create, happened, update } from './specification';
import stored from './events-of-schema-1.json';

/** As they were written before there were comments. They stay as they are: the log is never rewritten. */
const [created, updated] = stored as StoredEvent[] as [StoredEvent, StoredEvent];

describe('an event of schema 1, which knew no comments', () => {
  test('reads as one of today, with no comments', () => {
    expect(upcast(created)).toEqual({
      ...created,
      schema: EVENT_SCHEMA,
      ticket: { ...created.ticket, commentCount: 0, noteCount: 0 },
    });
  });

  test('folds to the ticket that it carries', () => {
    let ticket: Ticket | null = null;
    for (const event of [upcast(created), upcast(updated)]) {
      ticket = evolve(ticket, event, event);
      expect(ticket).toEqual(event.ticket);
    }
  });

  test('is a head that commands are decided on', () => {
    expect(decide(upcast(updated), comment({ commandId: 'new' }))).toMatchObject({
      outcome: 'append',
      event: { version: 3, schema: EVENT_SCHEMA, ticket: { title: 'Printer out', commentCount: 1 } },
    });
  });

  test('is known again by the command that wrote it', () => {
    const { commandId, actor, at } = updated;
    const again = update({ commandId, actor, at, title: 'Printer out', addTags: ['wet'], reason: 'rain' });
    expect(decide(upcast(updated), again)).toEqual({ outcome: 'repeat', version: 2 });
    expect(refusalBy(upcast(updated), again)).toBeNull();
  });
});

describe('an event of schema 3, which knew no notes', () => {
  const olden = happened([create({ actor: 'ann' }), comment(), update({ title: 'New', reason: 'because' })]).map(
    (event) => {
      const { noteCount: _, ...ticket } = event.ticket;
      return { ...event, schema: 3, ticket };
    },
  );

  test('reads as one of today: its comment is for everybody, and there are no notes', () => {
    const today = olden.map(upcast);
    expect(today.map(({ schema, type, ticket }) => [schema, type, ticket.commentCount, ticket.noteCount])).toEqual([
      [EVENT_SCHEMA, 'TicketCreated', 0, 0],
      [EVENT_SCHEMA, 'TicketCommented', 1, 0],
      [EVENT_SCHEMA, 'TicketUpdated', 1, 0],
    ]);
    let ticket: Ticket | null = null;
    for (const event of today) {
      ticket = evolve(ticket, event, event);
      expect(ticket).toEqual(event.ticket);
    }
  });

  test("shows an agent's reason to agents alone", () => {
    const event = upcast(olden[2]!);
    expect(shownEvent(event, { role: 'agent' }).reason).toBe('because');
    expect(shownEvent(event, { role: 'requester' }).reason).toBeNull();
  });
});

describe('an event of schema 2, in which the API key and roles had names that a user could have', () => {
  const role = 'arn:aws:sts::111122223333:assumed-role/importer/session';
  const olden = (actor: string) =>
    happened([create({ actor }), update({ actor, title: 'New' })]).map((event): StoredEvent => ({
      ...event,
      schema: 2,
    }));

  test.each([
    ['api-key', 'api key'],
    [role, `iam ${role}`],
    ['alice', 'alice'],
  ])('%s reads as %s, who did it and whose ticket it is', (name, today) => {
    const events = olden(name).map(upcast);
    expect(events).toEqual(
      events.map((event) => ({
        ...event,
        schema: EVENT_SCHEMA,
        actor: today,
        ticket: { ...event.ticket, requester: today },
      })),
    );
    let ticket: Ticket | null = null;
    for (const event of events) {
      ticket = evolve(ticket, event, event);
      expect(ticket).toEqual(event.ticket);
    }
  });

  test('of the API key is not there for a user of its old name', () => {
    const head = upcast(olden('api-key').at(-1)!);
    const said = (actor: string) => decide(head, comment({ actor, role: 'requester' }));
    expect(said('api-key')).toMatchObject({ outcome: 'rejected', error: { type: 'TicketNotFound' } });
    expect(said('api key')).toMatchObject({ outcome: 'append' });
  });
});

test('times without milliseconds get them, as their order is that of texts', () => {
  const [event] = happened([create()]) as [TicketEvent];
  const second = '2026-01-01T00:00:00Z';
  const stored = { ...event, at: second, ticket: { ...event.ticket, createdAt: second, updatedAt: second } };
  expect(upcast(stored)).toEqual(event);
});

test('an event of today stays as it is', () => {
  const [event] = happened([create()]) as [TicketEvent];
  expect(upcast(event)).toEqual(event);
});
