import type { Context } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import { changesOf } from '../domain/changes';
import type { TicketEvent } from '../domain/events';
import { brokenLimit } from '../domain/rules';
import type { QueryTicketEventsArgs } from '../generated/schema';
import { raise, raiseFailure } from './shared/raise';

export function request(ctx: Context<QueryTicketEventsArgs>) {
  const { id, limit, nextToken } = ctx.args;
  const broken = brokenLimit(limit);
  if (broken) {
    raise(broken);
  }
  return query({ query: { ticketId: { eq: id } }, limit: limit ?? 20, nextToken, consistentRead: true });
}

export function response(ctx: Context<QueryTicketEventsArgs>) {
  raiseFailure(ctx);
  const events = ctx.result.items as TicketEvent[];
  // Only a later page of a history can be empty: a ticket begins with an event.
  if (events.length === 0 && !ctx.args.nextToken) {
    return null;
  }
  return {
    items: events.map((event) => ({ ...event, changes: changesOf(event, event.ticket) })),
    nextToken: ctx.result.nextToken,
  };
}
