import type { Context } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import { ALL_TICKETS, BY_CHANGE } from '../domain/view';
import type { QueryTicketsArgs } from '../generated/schema';
import { callerOf } from './shared/caller';
import { pageSize } from './shared/page';
import { raiseFailure } from './shared/raise';

export function request(ctx: Context<QueryTicketsArgs>) {
  const { order, limit, nextToken } = ctx.args;
  const { actor, role } = callerOf(ctx);
  return query({
    index: BY_CHANGE,
    query: { listing: { eq: ALL_TICKETS } },
    scanIndexForward: order === 'ASC',
    filter: role === 'requester' ? { requester: { eq: actor } } : undefined,
    limit: pageSize(limit),
    nextToken,
  });
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  const { items, nextToken } = ctx.result;
  return { items, nextToken };
}
