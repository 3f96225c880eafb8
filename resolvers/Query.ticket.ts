import type { Context } from '@aws-appsync/utils';
import { maySee } from '../domain/permissions';
import { brokenId } from '../domain/rules';
import type { Ticket } from '../domain/ticket';
import type { QueryTicketArgs } from '../generated/schema';
import { callerOf } from './shared/caller';
import { check } from './shared/raise';

/** From the view, or from the log as of a version; null if it is not there for the caller. */
export function request(ctx: Context<QueryTicketArgs>) {
  check(brokenId(ctx.args.id));
  return null;
}

export function response(ctx: Context) {
  const ticket = ctx.prev.result as Ticket | null;
  return ticket && maySee(callerOf(ctx), ticket) ? ticket : null;
}
