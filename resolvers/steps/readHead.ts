import type { Context } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import type { TicketCommand } from '../../domain/commands';
import type { TicketEvent } from '../../domain/events';
import { brokenRule } from '../../domain/rules';
import { type StoredEvent, upcast } from '../../domain/upcast';
import { check, raiseFailure } from '../shared/raise';

/** Reads the newest event of the command's ticket: one strongly consistent read, however long the history. */
export function request(ctx: Context) {
  const command = ctx.stash.command as TicketCommand;
  // Before DynamoDB sees it: an id that no ticket can have is no key either.
  check(brokenRule(command));
  return query({
    query: { ticketId: { eq: command.ticketId } },
    scanIndexForward: false,
    limit: 1,
    consistentRead: true,
  });
}

export function response(ctx: Context): TicketEvent | null {
  raiseFailure(ctx);
  const [head] = ctx.result.items as StoredEvent[];
  return head ? upcast(head) : null;
}
