import type { Context } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import { brokenLimit } from '../domain/rules';
import { ALL_TICKETS, BY_CHANGE } from '../domain/view';
import type { QueryTicketsArgs } from '../generated/schema';
import { raise, raiseFailure } from './shared/raise';

export function request(ctx: Context<QueryTicketsArgs>) {
  const { order, limit, nextToken } = ctx.args;
  const broken = brokenLimit(limit);
  if (broken) {
    raise(broken);
  }
  return query({
    index: BY_CHANGE,
    query: { listing: { eq: ALL_TICKETS } },
    scanIndexForward: order === 'ASC',
    limit: limit ?? 20,
    nextToken,
  });
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  const { items, nextToken } = ctx.result;
  return { items, nextToken };
}
