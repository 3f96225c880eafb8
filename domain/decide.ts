import { changesOf, commentOf, ticketBefore } from './changes';
import type { AddComment, CreateTicket, TicketCommand, UpdateTicket } from './commands';
import {
  commandIdReused,
  invalidTransition,
  ticketAlreadyExists,
  ticketNotFound,
  type TicketError,
  versionConflict,
} from './errors';
import { EVENT_SCHEMA, type RecentCommand, type TicketEvent, type TicketFact, type TicketUpdated } from './events';
import { editTags, evolve } from './evolve';
import { maySee, notPermitted } from './permissions';
import { isAtMost, isSame, trimmed } from './portable';
import { remember } from './recent-commands';
import { allowedTransitions, brokenRule, clears, normalizeTags, tooManyTags } from './rules';
import type { Ticket } from './ticket';

/** What a command comes to. */
export type Decision =
  | { outcome: 'append'; event: TicketEvent }
  | { outcome: 'unchanged'; ticket: Ticket }
  /** The command is known: what it did stands at that version. */
  | { outcome: 'repeat'; version: number }
  | { outcome: 'rejected'; error: TicketError };

/** How many calls to the log a command has before it gives up: a read, then writes as long as others are faster. */
export const MOST_CALLS = 10;

/** Decides a command on the newest event of its ticket (null: there is none). A ticket not seen is none. */
export function decide(head: TicketEvent | null, command: TicketCommand): Decision {
  const broken = brokenRule(command);
  if (broken) {
    return { outcome: 'rejected', error: broken };
  }
  const seen = head && maySee(command, head.ticket) ? head : null;
  const known = seen ? seen.recentCommands.find((recent) => recent.commandId === command.commandId) : null;
  if (known) {
    return { outcome: 'repeat', version: known.version };
  }
  return decideNew(seen ? seen.ticket : null, seen ? seen.recentCommands : [], command);
}

/**
 * Why the event that stands where the command's event belongs is not the answer to this command; null if it is.
 * It is if it has the command's id and the command, decided again on the ticket as it was then, comes to the same fact.
 */
export function refusalBy(stored: TicketEvent, command: TicketCommand): TicketError | null {
  if (stored.commandId !== command.commandId || !maySee(command, stored.ticket)) {
    return command.type === 'CreateTicket' ? ticketAlreadyExists(command.ticketId) : versionConflict(stored.version);
  }
  const again = decideNew(ticketBefore(stored), [], command);
  const isSameFact = again.outcome === 'append' && contentOf(again.event) === contentOf(stored);
  return isSameFact ? null : commandIdReused(command.commandId);
}

/** What a command decides about its event, as text for comparison. Lists only: object keys may change their order (A7). */
function contentOf(event: TicketEvent): string {
  const changes = changesOf(event, event.ticket).map(({ field, from, to }) => [field, from, to]);
  return JSON.stringify([event.type, event.actor, event.reason, commentOf(event), changes]);
}

function decideNew(ticket: Ticket | null, recentCommands: RecentCommand[], command: TicketCommand): Decision {
  const error = notPermitted(command, ticket);
  if (error) {
    return { outcome: 'rejected', error };
  }
  switch (command.type) {
    case 'CreateTicket':
      return ticket
        ? { outcome: 'rejected', error: ticketAlreadyExists(command.ticketId) }
        : append(null, recentCommands, command, created(command), null);
    case 'UpdateTicket':
      return ticket
        ? decideUpdate(ticket, recentCommands, command)
        : { outcome: 'rejected', error: ticketNotFound(command.ticketId) };
    case 'AddComment':
      return ticket
        ? append(ticket, recentCommands, command, commented(command), null)
        : { outcome: 'rejected', error: ticketNotFound(command.ticketId) };
  }
}

function created(command: CreateTicket): TicketFact {
  return {
    type: 'TicketCreated',
    data: {
      title: trimmed(command.title),
      description: command.description ?? null,
      status: 'OPEN',
      priority: command.priority ?? 'MEDIUM',
      tags: normalizeTags(command.tags ?? []),
      assignee: command.assignee ?? null,
      requester: command.actor,
    },
  };
}

function commented({ body, visibility }: AddComment): TicketFact {
  return visibility === 'INTERNAL'
    ? { type: 'TicketNoted', data: { body } }
    : { type: 'TicketCommented', data: { body } };
}

function decideUpdate(ticket: Ticket, recentCommands: RecentCommand[], command: UpdateTicket): Decision {
  const { expectedVersion, status } = command;
  if (expectedVersion != null && !isSame(expectedVersion, ticket.version)) {
    return { outcome: 'rejected', error: versionConflict(ticket.version) };
  }
  if (status && status !== ticket.status && allowedTransitions(ticket.status).indexOf(status) < 0) {
    return { outcome: 'rejected', error: invalidTransition(ticket.status, status, allowedTransitions(ticket.status)) };
  }
  const data = updated(ticket, command);
  if (Object.keys(data).length === 0) {
    return { outcome: 'unchanged', ticket };
  }
  const decision = append(ticket, recentCommands, command, { type: 'TicketUpdated', data }, command.reason ?? null);
  const tooMany = decision.outcome === 'append' ? tooManyTags('addTags', decision.event.ticket.tags) : null;
  return tooMany ? { outcome: 'rejected', error: tooMany } : decision;
}

/** The fields that the command would change, with the value each has and is to have. */
function updated(ticket: Ticket, command: UpdateTicket): TicketUpdated {
  const data: TicketUpdated = {};
  const title = command.title == null ? ticket.title : trimmed(command.title);
  if (title !== ticket.title) {
    data.title = { from: ticket.title, to: title };
  }
  const description = clears(command, 'DESCRIPTION') ? null : (command.description ?? ticket.description);
  if (description !== ticket.description) {
    data.description = { from: ticket.description, to: description };
  }
  if (command.status && command.status !== ticket.status) {
    data.status = { from: ticket.status, to: command.status };
  }
  if (command.priority && command.priority !== ticket.priority) {
    data.priority = { from: ticket.priority, to: command.priority };
  }
  const assignee = clears(command, 'ASSIGNEE') ? null : (command.assignee ?? ticket.assignee);
  if (assignee !== ticket.assignee) {
    data.assignee = { from: ticket.assignee, to: assignee };
  }
  const tags = editTags(ticket.tags, command.addTags ?? [], normalizeTags(command.removeTags ?? []));
  const added = tags.filter((tag) => ticket.tags.indexOf(tag) < 0);
  const removed = ticket.tags.filter((tag) => tags.indexOf(tag) < 0);
  if (added.length > 0 || removed.length > 0) {
    data.tags = { added, removed };
  }
  return data;
}

function append(
  ticket: Ticket | null,
  recentCommands: RecentCommand[],
  command: TicketCommand,
  fact: TicketFact,
  reason: string | null,
): Decision {
  const { ticketId, commandId, actor } = command;
  // The clocks of two requests may differ. A ticket's times never go backwards.
  const at = ticket && isAtMost(command.at, ticket.updatedAt) ? ticket.updatedAt : command.at;
  const version = (ticket ? ticket.version : 0) + 1;
  return {
    outcome: 'append',
    event: {
      ...fact,
      ticketId,
      version,
      schema: EVENT_SCHEMA,
      at,
      actor,
      commandId,
      reason,
      ticket: evolve(ticket, fact, { ticketId, version, at }),
      recentCommands: remember(recentCommands, { commandId, version }),
    },
  };
}
