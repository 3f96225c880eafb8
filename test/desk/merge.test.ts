import fc from 'fast-check';
import type { UpdateTicket } from '../../domain/commands';
import { decide } from '../../domain/decide';
import type { TicketEvent } from '../../domain/events';
import { historyOf } from '../../ops/histories';
import { changesIn } from '../../web/src/edit';
import type { Update } from '../../web/src/outbox/command';
import { changedFields, merge, undoing, wanted } from '../../web/src/outbox/merge';
import { offeredTo, PRIORITIES, type Whole } from '../../web/src/tickets';

const heads = Array.from({ length: 40 }, (_, n) => historyOf(3, n).at(-1)!);
const head = fc.constantFrom(...heads);

/** What a person may ask for, of a ticket. */
function updateOf({ ticket }: TicketEvent): fc.Arbitrary<Update> {
  const edit = fc.record({
    title: fc.constantFrom(ticket.title, 'Mine', ' Trimmed '),
    description: fc.constantFrom(ticket.description ?? '', '', 'Mine'),
    priority: fc.constantFrom(ticket.priority, ...PRIORITIES),
    assignee: fc.constantFrom(ticket.assignee ?? '', '', 'carol'),
    tags: fc.subarray([...ticket.tags, 'mine']).map((tags) => tags.join(',')),
    reason: fc.constant(''),
  });
  const status = fc.constantFrom(...offeredTo(true, ticket));
  return fc.oneof(
    edit.map((edit): Update => ({
      type: 'UpdateTicket',
      input: { id: ticket.id, ...changesIn(edit, ticket) },
      base: ticket,
    })),
    status.map((status): Update => ({ type: 'UpdateTicket', input: { id: ticket.id, status }, base: ticket })),
  );
}

/** The ticket's newest event after the update, as the API decides it. */
function apply(head: TicketEvent, update: Update, actor = 'bob'): TicketEvent {
  const envelope = { ticketId: head.ticketId, actor, role: 'agent', commandId: 'C', at: head.at } as const;
  const command: UpdateTicket = {
    ...update.input,
    ...envelope,
    type: 'UpdateTicket',
    expectedVersion: update.base.version,
  };
  const decision = decide({ ...head, recentCommands: [] }, command);
  if (decision.outcome === 'rejected') {
    throw new Error(decision.error.message);
  }
  return decision.outcome === 'append' ? decision.event : head;
}

const two = head.chain((head) => fc.tuple(fc.constant(head), updateOf(head), updateOf(head)));

test('an update makes of the ticket what the API makes of it', () => {
  fc.assert(
    fc.property(two, ([head, update]) => {
      expect(changedFields(wanted(update), apply(head, update).ticket)).toEqual([]);
    }),
  );
});

test('what is undone is as it was; a status that can’t be reached again becomes Open', () => {
  fc.assert(
    fc.property(two, ([head, update]) => {
      const after = apply(head, update);
      const undo = undoing(head.ticket, after.ticket, true);
      const undone = undo ? apply(after, undo).ticket : after.ticket;
      const left = changedFields(head.ticket, undone);
      expect(left.filter((field) => field !== 'status')).toEqual([]);
      if (left.length > 0) {
        expect(['OPEN', after.ticket.status]).toContain(undone.status);
      }
    }),
  );
});

test('a requester is offered no undo that the API would refuse', () => {
  const closed: Whole = { ...heads[0]!.ticket, status: 'CLOSED' };
  const worked: Whole = { ...closed, status: 'IN_PROGRESS' };
  expect(undoing(worked, closed, false)?.input.status).toBe('OPEN');
  expect(undoing({ ...closed, status: 'OPEN' }, { ...closed, status: 'RESOLVED' }, false)?.input.status).toBe('OPEN');
});

test('of two updates nothing is lost: they are put together, or a person is asked about what both changed', () => {
  fc.assert(
    fc.property(two, ([head, mine, theirs]) => {
      const after = apply(head, theirs);
      const merged = merge(mine, after.ticket);
      const both = changedFields(head.ticket, wanted(mine)).filter((field) =>
        changedFields(head.ticket, after.ticket).includes(field),
      );
      if (merged.outcome === 'clash') {
        merged.clashes.forEach(({ field }) => expect(both).toContain(field));
        return;
      }
      const together = merged.outcome === 'merged' ? apply(after, merged.update).ticket : after.ticket;
      for (const field of ['title', 'description', 'status', 'priority', 'assignee'] as const) {
        const isMine = wanted(mine)[field] !== head.ticket[field];
        expect(together[field]).toBe(isMine ? wanted(mine)[field] : after.ticket[field]);
      }
    }),
  );
});
