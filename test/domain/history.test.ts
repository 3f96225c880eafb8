import fc from 'fast-check';
import { changesOf, commentOf, ticketBefore } from '../../domain/changes';
import type { AddComment, TicketCommand, UpdateTicket } from '../../domain/commands';
import { decide, refusalBy } from '../../domain/decide';
import type { TicketEvent } from '../../domain/events';
import { evolve } from '../../domain/evolve';
import type { Ticket, TicketPriority, TicketStatus } from '../../domain/ticket';
import { comment, create, update } from './specification';

const tag = fc.constantFrom('a', 'B', ' c ', 'd');

function maybe<T>(value: fc.Arbitrary<T>) {
  return fc.option(value, { nil: undefined });
}

const updates: fc.Arbitrary<Partial<UpdateTicket>> = fc.record({
  title: maybe(fc.constantFrom('One', 'Two', ' Two ')),
  description: maybe(fc.constantFrom(null, '', 'Words')),
  status: maybe(fc.constantFrom<TicketStatus[]>('OPEN', 'IN_PROGRESS', 'ON_HOLD', 'RESOLVED', 'CLOSED')),
  priority: maybe(fc.constantFrom<TicketPriority[]>('LOW', 'MEDIUM', 'HIGH', 'URGENT')),
  assignee: maybe(fc.constantFrom(null, 'bob', 'eve')),
  clear: maybe(fc.subarray(['DESCRIPTION' as const, 'ASSIGNEE' as const])),
  addTags: maybe(fc.array(tag)),
  removeTags: maybe(fc.array(tag)),
  expectedVersion: maybe(fc.integer({ min: 1, max: 6 })),
  reason: maybe(fc.constantFrom(null, 'because')),
});
const comments: fc.Arbitrary<Partial<AddComment>> = fc.record({
  body: fc.constantFrom('Yes', 'No', ''),
  visibility: maybe(fc.constantFrom(null, 'PUBLIC', 'INTERNAL')),
});
const histories = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: updates.map((fields): TicketCommand => update(fields)) },
    { weight: 1, arbitrary: comments.map((fields): TicketCommand => comment(fields)) },
  ),
  { maxLength: 25 },
);

function run(history: TicketCommand[]): { events: TicketEvent[]; accepted: TicketCommand[] } {
  const events: TicketEvent[] = [];
  const accepted: TicketCommand[] = [];
  for (const command of [create({ tags: ['a'] }), ...history]) {
    const decision = decide(events.at(-1) ?? null, command);
    if (decision.outcome === 'append') {
      events.push(decision.event);
      accepted.push(command);
    }
  }
  return { events, accepted };
}

describe('any history of commands', () => {
  test('has contiguous versions from 1', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { events } = run(history);
        expect(events.map(({ version }) => version)).toEqual(events.map((_, i) => i + 1));
      }),
    );
  });

  test('has times that never go backwards, whatever the clocks of its commands say', () => {
    const clock = fc
      .date({ min: new Date('2025-12-31T23:00:00Z'), max: new Date('2026-01-01T01:00:00Z'), noInvalidDate: true })
      .map((date) => date.toISOString());
    fc.assert(
      fc.property(histories, fc.array(clock, { minLength: 25, maxLength: 25 }), (history, clocks) => {
        const { events } = run(history.map((command, i) => ({ ...command, at: clocks[i]! })));
        const times = events.map(({ at }) => at);
        expect(times).toEqual([...times].sort());
        expect(events.map(({ ticket }) => ticket.updatedAt)).toEqual(times);
      }),
    );
  });

  test('folded from its facts alone gives the ticket that each event carries', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let ticket: Ticket | null = null;
        for (const event of run(history).events) {
          ticket = evolve(ticket, event, event);
          expect(ticket).toEqual(event.ticket);
        }
      }),
    );
  });

  test('changes each field from what it was changed to before', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const known = new Map<string, unknown>();
        for (const event of run(history).events) {
          for (const { field, from, to } of changesOf(event, event.ticket)) {
            if (known.has(field)) {
              expect(from).toEqual(known.get(field));
            }
            known.set(field, to);
          }
        }
      }),
    );
  });

  test('counts in each ticket the comments so far, and apart from them the notes', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { events } = run(history);
        events.forEach(({ ticket }, i) => {
          const said = events.slice(0, i + 1).filter((event) => commentOf(event) !== null);
          const notes = said.filter(({ type }) => type === 'TicketNoted');
          expect(ticket.noteCount).toBe(notes.length);
          expect(ticket.commentCount).toBe(said.length - notes.length);
        });
      }),
    );
  });

  test('can be read backwards: the ticket before an event is the ticket of the event before', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { events } = run(history);
        events.forEach((event, i) => {
          const before = ticketBefore(event);
          const earlier = events[i - 1]?.ticket ?? null;
          expect(before && { ...before, updatedAt: null }).toEqual(earlier && { ...earlier, updatedAt: null });
        });
      }),
    );
  });

  test('knows each command again by the event that it wrote', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { events, accepted } = run(history);
        events.forEach((event, i) => expect(refusalBy(event, accepted[i]!)).toBeNull());
      }),
    );
  });
});
