import type { Context } from '@aws-appsync/utils';
import { maySee } from '../domain/permissions';
import type { Ticket } from '../domain/ticket';
import { callerOf } from './shared/caller';

/** From the view, or from the log as of a version; null if it is not there for the caller. */
export function request() {
  return null;
}

export function response(ctx: Context) {
  const ticket = ctx.prev.result as Ticket | null;
  return ticket && maySee(callerOf(ctx), ticket) ? ticket : null;
}
