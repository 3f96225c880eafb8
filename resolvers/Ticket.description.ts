import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { type StoredEvent, upcast } from '../domain/upcast';
import type { ListedTicket } from '../domain/view';
import { raiseFailure } from './shared/raise';

/** A ticket in a list comes without its description; the event of its version has it. Others bring it along. */
export function request(ctx: Context) {
  const { id, version, description } = ctx.source as ListedTicket & { description?: string | null };
  return description === undefined
    ? get({ key: { ticketId: id, version }, consistentRead: true })
    : runtime.earlyReturn(description);
}

export function response(ctx: Context): string | null {
  raiseFailure(ctx);
  return ctx.result ? upcast(ctx.result as StoredEvent).ticket.description : null;
}
