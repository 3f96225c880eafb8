import type { Context } from '@aws-appsync/utils';
import { fill, listRange, rowsToRead } from '../../domain/listing';
import type { ListedTicket } from '../../domain/view';
import { runtime } from '../shared/appsync';
import { query } from '../shared/dynamodb';
import type { List } from '../shared/list';
import { raiseFailure } from '../shared/raise';
import { folded } from '../shared/spelling';

/**
 * Reads on in the list and takes what fits. The pipeline has this step several times, as a filter may show little of
 * what a read finds; the page is done as soon as it is full, the list has ended, or the reads are used up.
 */
export function request(ctx: Context) {
  const { page, reads, ...listing } = ctx.stash.list as List;
  const { filter, order, size } = listing;
  const limit = rowsToRead(listing, page.after, reads);
  if (limit < 1 || !page.more || page.items.length >= size) {
    return runtime.earlyReturn({}, { skipTo: 'END' });
  }
  const { index, value, from, to } = listRange(filter, order, page.after);
  return query({
    index: index.name,
    query: { [index.partitionKey]: { eq: value }, [index.sortKey]: { between: [from, to] } },
    scanIndexForward: order === 'ASC',
    limit,
  });
}

export function response(ctx: Context) {
  raiseFailure(ctx);
  const list = ctx.stash.list as List;
  const { items, nextToken } = ctx.result as { items: ListedTicket[]; nextToken: string | null };
  const rows = list.filter.titleContains ? items.map((row) => ({ ...row, foldedTitle: folded(row.title) })) : items;
  ctx.stash.list = {
    ...list,
    page: fill(list.page, { rows, more: !!nextToken }, list),
    reads: list.reads + 1,
  };
  return {};
}
