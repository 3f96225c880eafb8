import type { Context } from '@aws-appsync/utils';
import { shownTicket } from '../domain/disclosure';
import { maySee } from '../domain/permissions';
import { brokenId, named } from '../domain/rules';
import type { Ticket } from '../domain/ticket';
import type { QueryTicketArgs } from '../generated/schema';
import { callerOf } from './shared/caller';
import { check } from './shared/raise';
import { checkUnicode } from './shared/unicode';

/** From the view, or from the log as of a version; null if it is not there for the caller. */
export function request(ctx: Context<QueryTicketArgs>) {
  check(brokenId(ctx.args.id));
  checkUnicode([named('id', ctx.args.id)]);
  return {};
}

export function response(ctx: Context) {
  const { ticket } = ctx.prev.result as { ticket: Ticket | null };
  const caller = callerOf(ctx);
  return ticket && maySee(caller, ticket) ? shownTicket(ticket, caller) : null;
}
