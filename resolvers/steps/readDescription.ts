import type { Context } from '@aws-appsync/utils';
import type { Ticket } from '../../domain/ticket';
import { type StoredEvent, upcast } from '../../domain/upcast';
import type { ListedTicket } from '../../domain/view';
import { runtime } from '../shared/appsync';
import { get } from '../shared/dynamodb';
import { raiseFailure } from '../shared/raise';

/**
 * A ticket from a list (it has `changed`, its position there) comes without its description, so this reads the event of
 * its version. All other tickets have theirs. A null description and an absent one look the same (A1).
 */
export function request(ctx: Context) {
  const { id, version, description, changed } = ctx.source as Ticket & Partial<ListedTicket>;
  return changed ? get({ key: { ticketId: id, version }, consistentRead: true }) : runtime.earlyReturn({ description });
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  return { description: ctx.result ? upcast(ctx.result as StoredEvent).ticket.description : null };
}
