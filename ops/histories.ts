import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { CommandEnvelope, TicketCommand } from '../domain/commands';
import { decide } from '../domain/decide';
import type { TicketEvent } from '../domain/events';
import { allowedTransitions } from '../domain/rules';
import type { Ticket } from '../domain/ticket';

const THINGS = ['Printer', 'VPN', 'Laptop', 'Invoice', 'Badge reader', 'Meeting room display', 'Password', 'Mailbox'];
const TROUBLES = ['does not answer', 'is on fire', 'asks for an update', 'shows an error', 'is slow', 'is gone'];
const TAGS = ['hardware', 'network', 'software', 'finance', 'access', 'urgent'];
const REQUESTERS = ['ann', 'ben', 'chloe', 'dan', 'eve', 'fay', 'gus', 'hal'];
const AGENTS = ['alice', 'bob', 'carol'];
const REMARKS = ['Still the same.', 'Could you try again?', 'It works now, thank you.', 'I have ordered a new one.'];
const PRIORITIES = ['LOW', 'MEDIUM', 'HIGH', 'URGENT'] as const;

/** The last event of any history. Fixed, so that a seed says everything. */
const END = Date.parse('2026-01-01T00:00:00.000Z');
const HOUR_MS = 3_600_000;
const HOURS = 30 * 24;
const MOST_EVENTS = 9;

/**
 * The history of the nth ticket of a seed: created, taken, talked about, resolved, as far as it came in a month. One to
 * nine events, five on average. The domain decides each, so a history is one that the API could have written.
 */
export function historyOf(seed: number, n: number): TicketEvent[] {
  const generator = xoroshiro128plus(seed ^ Math.imul(n + 1, 0x9e3779b1));
  const below = (limit: number) => uniformInt(generator, 0, limit - 1);
  const one = <T>(choices: readonly T[]): T => choices[below(choices.length)]!;

  const ticketId = `load-${seed}-${n}`;
  const requester = one(REQUESTERS);
  const events: TicketEvent[] = [];
  const length = 1 + below(MOST_EVENTS);
  let time = END - HOURS * HOUR_MS + below((HOURS / 2) * HOUR_MS);
  while (events.length < length) {
    const commandId = `${ticketId}-${events.length + 1}`;
    const envelope = { ticketId, commandId, at: new Date(time).toISOString(), role: 'agent' as const };
    const head = events.at(-1);
    const command = head ? next(head.ticket, envelope) : create(envelope);
    const decision = decide(head ?? null, command);
    if (decision.outcome === 'append') {
      events.push(decision.event);
    }
    time += below((HOURS / 2 / MOST_EVENTS) * HOUR_MS);
  }
  return events;

  function create(envelope: Omit<CommandEnvelope, 'actor'>): TicketCommand {
    const trouble = `${one(THINGS)} ${one(TROUBLES)}`;
    return {
      ...envelope,
      type: 'CreateTicket',
      actor: requester,
      title: trouble,
      description: below(3) > 0 ? `${trouble} since this morning. ${one(REMARKS)}` : null,
      priority: one(PRIORITIES),
      tags: TAGS.filter(() => below(3) === 0),
    };
  }

  function next(ticket: Ticket, envelope: Omit<CommandEnvelope, 'actor'>): TicketCommand {
    const actor = one([...AGENTS, requester]);
    if (below(3) === 0) {
      return { ...envelope, type: 'AddComment', actor, body: one(REMARKS) };
    }
    const status = one(allowedTransitions(ticket.status));
    const assignee = ticket.assignee ?? one(AGENTS);
    return one<TicketCommand>([
      { ...envelope, type: 'UpdateTicket', actor, status, assignee },
      { ...envelope, type: 'UpdateTicket', actor, priority: one(PRIORITIES), reason: one(REMARKS) },
      { ...envelope, type: 'UpdateTicket', actor, addTags: [one(TAGS)], removeTags: [] },
      { ...envelope, type: 'UpdateTicket', actor, assignee: one(AGENTS), status },
    ]);
  }
}
