import type { Context } from '@aws-appsync/utils';
import type { TicketCommand } from '../../domain/commands';
import { decide, MOST_CALLS, refusalBy } from '../../domain/decide';
import { ticketNotFound, versionConflict } from '../../domain/errors';
import type { EventEnvelope, TicketEvent } from '../../domain/events';
import { first, isSame } from '../../domain/portable';
import type { Ticket } from '../../domain/ticket';
import { type StoredEvent, upcast } from '../../domain/upcast';
import { runtime } from '../shared/appsync';
import { get, put, query } from '../shared/dynamodb';
import { raise, raiseFailure } from '../shared/raise';

/** How far a command is: from step to step. */
export interface Progress {
  /** The answer: the command is done. */
  ticket?: Ticket;
  /** What to decide on: the newest event that is known. Null: the ticket has none. Absent: it is to be read. */
  head?: { event: TicketEvent | null };
  /** An event that may be this command's own, from an earlier attempt. */
  suspect?: number;
}

/**
 * One call to the log on a command's way: read the head, append the event that the command comes to, or look at what an
 * earlier attempt wrote. The pipeline has this step ten times. Without a race two are enough, a read and a write; who
 * lost one decides again on the event that was faster, until the calls are used up.
 */
export function request(ctx: Context) {
  // At first AppSync may pass null or {} (P3).
  const { ticket, head, suspect } = (ctx.prev.result ?? {}) as Progress;
  if (ticket) {
    return done(ticket);
  }
  const command = ctx.stash.command as TicketCommand;
  ctx.stash.calls = ((ctx.stash.calls ?? 0) as number) + 1;
  if (suspect) {
    return readEvent(ctx, suspect);
  }
  // A create is decided on nothing.
  if (!head && command.type !== 'CreateTicket') {
    ctx.stash.call = 'readHead';
    return query({
      query: { ticketId: { eq: command.ticketId } },
      scanIndexForward: false,
      limit: 1,
      consistentRead: true,
    });
  }
  const event = head ? head.event : null;
  const decision = decide(event, command);
  switch (decision.outcome) {
    case 'rejected':
      return raise(decision.error);
    case 'unchanged':
      return done(decision.ticket);
    case 'repeat':
      return event && isSame(event.version, decision.version)
        ? done(answerBy(event, command))
        : readEvent(ctx, decision.version);
    case 'append':
      return append(ctx, decision.event);
  }
}

export function response(ctx: Context): Progress {
  const command = ctx.stash.command as TicketCommand;
  // AppSync reads the event that stands in a put's way, and may keep it to itself (B2).
  const stored = ctx.result as StoredEvent | null;
  if (ctx.stash.call === 'append' && ctx.error && ctx.error.type === 'DynamoDB:ConditionalCheckFailedException') {
    return afterLostRace(ctx, stored ? upcast(stored) : null);
  }
  raiseFailure(ctx);
  switch (ctx.stash.call) {
    case 'readHead': {
      const head = first(ctx.result.items as StoredEvent[]);
      return { head: { event: head ? upcast(head) : null } };
    }
    case 'append':
      // A put that equals the stored item counts as success in AppSync: it was this command's own.
      return { ticket: upcast(ctx.result as StoredEvent).ticket };
    default:
      return ctx.result
        ? { ticket: answerBy(upcast(ctx.result as StoredEvent), command) }
        : raise(ticketNotFound(command.ticketId));
  }
}

/** Another writer has taken the version. `faster` is what it wrote, if AppSync tells. */
function afterLostRace(ctx: Context, faster: TicketEvent | null): Progress {
  const command = ctx.stash.command as TicketCommand;
  const version = ctx.stash.version as number;
  const left = MOST_CALLS - (ctx.stash.calls as number);
  const mayTryAgain = command.type !== 'CreateTicket';
  if (faster) {
    return mayTryAgain && left > 0 ? { head: { event: faster } } : { ticket: answerBy(faster, command) };
  }
  if (left < 1) {
    return raise(versionConflict(version));
  }
  return mayTryAgain && left > 1 ? {} : { suspect: version };
}

/** The answer by the event that stands where the command's belongs: if it is the command's own. Else raises why not. */
function answerBy(stored: TicketEvent, command: TicketCommand): Ticket {
  const refusal = refusalBy(stored, command);
  return refusal ? raise(refusal) : stored.ticket;
}

function done(ticket: Ticket) {
  return runtime.earlyReturn({ ticket }, { skipTo: 'END' });
}

function readEvent(ctx: Context, version: number) {
  const { ticketId } = ctx.stash.command as TicketCommand;
  ctx.stash.call = 'readEvent';
  return get({ key: { ticketId, version }, consistentRead: true });
}

/** On condition that nobody else has taken the version. */
function append(ctx: Context, event: TicketEvent) {
  const { ticketId, version, ...attributes } = event;
  ctx.stash.call = 'append';
  ctx.stash.version = version;
  return put<EventEnvelope>({
    key: { ticketId, version },
    item: attributes,
    condition: { version: { attributeExists: false } },
  });
}
