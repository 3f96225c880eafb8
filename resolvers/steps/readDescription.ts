import type { Context } from '@aws-appsync/utils';
import type { Ticket } from '../../domain/ticket';
import { type StoredEvent, upcast } from '../../domain/upcast';
import type { ListedTicket } from '../../domain/view';
import { runtime } from '../shared/appsync';
import { get } from '../shared/dynamodb';
import { raiseFailure } from '../shared/raise';

/**
 * A ticket of a list, which has a place there, comes without its description: the event of its version has it. Others
 * bring it along. Whether it is null or absent can't tell them apart (A1).
 */
export function request(ctx: Context) {
  const { id, version, description, changed } = ctx.source as Ticket & Partial<ListedTicket>;
  return changed ? get({ key: { ticketId: id, version }, consistentRead: true }) : runtime.earlyReturn({ description });
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  return { description: ctx.result ? upcast(ctx.result as StoredEvent).ticket.description : null };
}
