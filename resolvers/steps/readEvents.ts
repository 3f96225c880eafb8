import type { Context } from '@aws-appsync/utils';
import { maySee } from '../../domain/permissions';
import { first } from '../../domain/portable';
import { upcast } from '../../domain/upcast';
import type { QueryTicketEventsArgs } from '../../generated/schema';
import { callerOf } from '../shared/caller';
import { query } from '../shared/dynamodb';
import { type EventPage, eventPage, pageSize, type StoredPage, tokenAfter, versionBefore } from '../shared/page';
import { raiseFailure } from '../shared/raise';

/** What was found: null if nothing that is there for the caller. */
export interface FoundEvents {
  page: EventPage | null;
}

/**
 * Reads the events after a version, and on the first page the event of that version too: where it is, the ticket is, so
 * that one read tells a client that has caught up from one that asks for what never was.
 */
export function request(ctx: Context<QueryTicketEventsArgs>) {
  const { id, limit, nextToken } = ctx.args;
  const after = ctx.args.afterVersion ?? 0;
  const before = versionBefore(nextToken, 'ticketEvents', id);
  const extra = after > 0 && before < 1 ? 1 : 0;
  return query({
    query: { ticketId: { eq: id }, version: { ge: before > 0 ? before + 1 : after } },
    limit: pageSize(limit) + extra,
    consistentRead: true,
  });
}

export function response(ctx: Context<QueryTicketEventsArgs>): FoundEvents {
  raiseFailure(ctx);
  const after = ctx.args.afterVersion ?? 0;
  const found = ctx.result as StoredPage;
  const oldest = first(found.items);
  const caller = callerOf(ctx);
  return {
    page:
      oldest && maySee(caller, upcast(oldest).ticket)
        ? eventPage(
            {
              items: found.items.filter(({ version }) => version > after),
              nextToken: tokenAfter(found, 'ticketEvents', ctx.args.id),
            },
            caller,
          )
        : null,
  };
}
