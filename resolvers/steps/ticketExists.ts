import type { Context } from '@aws-appsync/utils';
import { maySee } from '../../domain/permissions';
import { type StoredEvent, upcast } from '../../domain/upcast';
import type { QueryTicketEventsArgs } from '../../generated/schema';
import { runtime } from '../shared/appsync';
import { callerOf } from '../shared/caller';
import { get } from '../shared/dynamodb';
import { NO_EVENTS } from '../shared/page';
import { raiseFailure } from '../shared/raise';
import type { FoundEvents } from './readEvents';

/** Where no event was found: none more of a ticket that is there is an empty page. Looks only if it may have others. */
export function request(ctx: Context<QueryTicketEventsArgs>) {
  const { id, afterVersion, nextToken } = ctx.args;
  const { page } = ctx.prev.result as FoundEvents;
  const mayHaveOthers = (afterVersion ?? 0) > 1 || nextToken;
  return page || !mayHaveOthers
    ? runtime.earlyReturn({ page })
    : get({ key: { ticketId: id, version: 1 }, consistentRead: true });
}

export function response(ctx: Context): FoundEvents {
  raiseFailure(ctx);
  const first = ctx.result as StoredEvent | null;
  return { page: first && maySee(callerOf(ctx), upcast(first).ticket) ? NO_EVENTS : null };
}
