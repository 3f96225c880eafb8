import { util } from '@aws-appsync/utils';
import { validationError } from '../../domain/errors';
import { brokenFilter, type ListOrder, type ListPage, listRange, type TicketFilter } from '../../domain/listing';
import { type Caller, scoped } from '../../domain/permissions';
import type { QueryTicketsArgs } from '../../generated/schema';
import { pageSize } from './page';
import { check, raise } from './raise';

/** A page of a list in the making: in the stash, from step to step. */
export interface List {
  filter: TicketFilter;
  order: ListOrder;
  size: number;
  page: ListPage;
  reads: number;
}

/** The page that is asked for, of what is there for the caller, before its first read. Raises ValidationError. */
export function beginList({ filter: given, order, limit, nextToken }: QueryTicketsArgs, caller: Caller): List {
  const asked = inUtc(given ?? {});
  check(brokenFilter(asked));
  const own = scoped(caller, asked);
  const filter = own ?? asked;
  const direction = order ?? 'DESC';
  const hasToken = nextToken !== null && nextToken !== undefined;
  const after = hasToken ? positionIn(nextToken, filter, direction) : null;
  const page: ListPage = { items: [], after, more: own !== null };
  return { filter, order: direction, size: pageSize(limit), page, reads: 0 };
}

/** The page as the API shows it. */
export function endList({ filter, order, page }: List) {
  return {
    items: page.items,
    nextToken: page.more && page.after ? tokenOf(page.after, filter, order) : null,
  };
}

/** Tickets carry their times in UTC with milliseconds; clients may say them in any other way. */
function inUtc(filter: TicketFilter): TicketFilter {
  const { updatedSince } = filter;
  return updatedSince
    ? {
        ...filter,
        updatedSince: util.time.epochMilliSecondsToISO8601(util.time.parseISO8601ToEpochMilliSeconds(updatedSince)),
      }
    : filter;
}

/**
 * A token of our own instead of DynamoDB's, which stands after the last row that was read: a page may end before it.
 * It is a position in the order of the list, so it stays good whatever happens to the row that stood there.
 */
function tokenOf(after: string, filter: TicketFilter, order: ListOrder): string {
  return util.base64Encode(JSON.stringify({ after, list: nameOf(filter, order) }));
}

function positionIn(token: string, filter: TicketFilter, order: ListOrder): string {
  const { after, list } = read(token);
  const isOurs = typeof after === 'string' && list === nameOf(filter, order);
  const range = listRange(filter, order, isOurs ? after : null);
  return isOurs && range.from <= range.to
    ? after
    : raise(validationError('nextToken', 'must be of a page of this list, with the same filter and order'));
}

function read(token: string): { after?: unknown; list?: unknown } {
  const isBase64 = util.matches('(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?', token);
  const content = isBase64 ? (JSON.parse(util.base64Decode(token)) as unknown) : null;
  return typeof content === 'object' && content ? content : {};
}

/** The same for whatever asks for the same list. */
function nameOf(filter: TicketFilter, order: ListOrder): string {
  const { status, assignee, requester, priority, tag, titleContains, updatedSince } = filter;
  return JSON.stringify([order, status, assignee, requester, priority, tag, titleContains, updatedSince]);
}
