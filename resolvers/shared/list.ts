import { validationError } from '../../domain/errors';
import {
  brokenFilter,
  type Listing,
  type ListOrder,
  type ListPage,
  listRange,
  textsOfFilter,
  type TicketFilter,
} from '../../domain/listing';
import type { Caller } from '../../domain/caller';
import { shownTicket } from '../../domain/disclosure';
import { scoped } from '../../domain/permissions';
import { isAtMost } from '../../domain/portable';
import { withMilliseconds } from '../../domain/time';
import type { QueryTicketsArgs } from '../../generated/schema';
import { util } from './appsync';
import { pageSize } from './page';
import { check, raise } from './raise';
import { folded, spelledTag } from './spelling';
import { positionIn, tokenOf } from './token';
import { checkUnicode } from './unicode';

/** A page of a list in the making: in the stash, from step to step. */
export interface List extends Listing {
  page: ListPage;
  reads: number;
}

/** The page that is asked for, of what is there for the caller, before its first read. Raises ValidationError. */
export function beginList({ filter: given, order, limit, nextToken }: QueryTicketsArgs, caller: Caller): List {
  check(brokenFilter(given ?? {}));
  checkUnicode(textsOfFilter(given ?? {}));
  const asked = spelled(inUtc(given ?? {}));
  const own = scoped(caller, asked);
  const filter = own ?? asked;
  const direction = order ?? 'DESC';
  const after = nextToken == null ? null : positionOf(nextToken, filter, direction);
  const page: ListPage = { items: [], after, more: !!own };
  return { filter, order: direction, size: pageSize(limit), page, reads: 0 };
}

/** The page as the API shows it to the caller. */
export function endList({ filter, order, page }: List, caller: Caller) {
  return {
    items: page.items.map((ticket) => shownTicket(ticket, caller)),
    nextToken: page.more && page.after ? tokenOf(nameOf(filter, order), page.after) : null,
  };
}

/** Tickets carry their times in UTC with milliseconds; clients may say them in any other way. */
function inUtc(filter: TicketFilter): TicketFilter {
  const { updatedSince } = filter;
  return updatedSince
    ? {
        ...filter,
        updatedSince: withMilliseconds(
          util.time.epochMilliSecondsToISO8601(util.time.parseISO8601ToEpochMilliSeconds(updatedSince)),
        ),
      }
    : filter;
}

/** The filter with its texts as they are compared. */
function spelled(filter: TicketFilter): TicketFilter {
  const { tag, titleContains } = filter;
  return {
    ...filter,
    tag: tag ? spelledTag(tag) : null,
    titleContains: titleContains ? folded(titleContains) : null,
  };
}

/**
 * The position in the order of the list stays good whatever happens to the row that stood there. It is that of the last
 * row that was read, which a page may end before.
 */
function positionOf(token: string, filter: TicketFilter, order: ListOrder): string {
  const after = positionIn(token, nameOf(filter, order));
  const range = listRange(filter, order, after);
  return after != null && isAtMost(range.from, range.to)
    ? after
    : raise(validationError('nextToken', 'must be of a page of this list, with the same filter and order'));
}

/** The same for whatever asks for the same list. Has no line feed: in JSON it is written as two characters. */
function nameOf(filter: TicketFilter, order: ListOrder): string {
  const { status, assignee, requester, priority, tag, titleContains, updatedSince } = filter;
  return JSON.stringify([order, status, assignee, requester, priority, tag, titleContains, updatedSince]);
}
