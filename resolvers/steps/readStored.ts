import type { Context } from '@aws-appsync/utils';
import type { TicketCommand } from '../../domain/commands';
import { refusalBy } from '../../domain/decide';
import { ticketNotFound } from '../../domain/errors';
import { type StoredEvent, upcast } from '../../domain/upcast';
import { runtime } from '../shared/appsync';
import { get } from '../shared/dynamodb';
import { raise, raiseFailure } from '../shared/raise';
import type { Appended } from './append';

/**
 * Reads the event that already has this version, unless append has just written it. If an earlier attempt of the same
 * command wrote it, its ticket is the answer; if another command did, this one is refused.
 */
export function request(ctx: Context) {
  const { ticketId } = ctx.stash.command as TicketCommand;
  const { ticket, version } = ctx.prev.result as Appended;
  return ticket ? runtime.earlyReturn({ ticket }) : get({ key: { ticketId, version }, consistentRead: true });
}

export function response(ctx: Context): Appended {
  raiseFailure(ctx);
  const command = ctx.stash.command as TicketCommand;
  if (!ctx.result) {
    return raise(ticketNotFound(command.ticketId));
  }
  const stored = upcast(ctx.result as StoredEvent);
  const refusal = refusalBy(stored, command);
  return refusal ? raise(refusal) : { ticket: stored.ticket };
}
