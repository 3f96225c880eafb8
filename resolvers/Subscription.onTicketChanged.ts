import { type Context, extensions } from '@aws-appsync/utils';
import { brokenFilter } from '../domain/listing';
import { scoped } from '../domain/permissions';
import type { SubscriptionOnTicketChangedArgs } from '../generated/schema';
import { callerOf } from './shared/caller';
import { check } from './shared/raise';

const EVERY_CHANGE = { fieldName: 'version', operator: 'ge' as const, value: 1 };
const NO_CHANGE = { fieldName: 'version', operator: 'lt' as const, value: 1 };

/**
 * Runs once, when somebody subscribes. A change is told if the ticket was, or now is, one that was asked for: so a list
 * hears of what enters it and of what leaves it. Absent and null ask for nothing. Of a ticket that is not there for the
 * caller nothing is told.
 */
export function request() {
  return { payload: null };
}

export function response(ctx: Context<SubscriptionOnTicketChangedArgs>) {
  const { id, status, assignee } = ctx.args;
  check(brokenFilter(ctx.args));
  const own = scoped(callerOf(ctx), ctx.args);
  // All changes have a version: without a rule AppSync would filter by the arguments itself, and take null for a value.
  const always = [own ? EVERY_CHANGE : NO_CHANGE, ...rule('id', id), ...rule('requester', own?.requester)];
  const before = [...always, ...rule('previousStatus', status), ...rule('previousAssignee', assignee)];
  const after = [...always, ...rule('status', status), ...rule('assignee', assignee)];
  extensions.setSubscriptionFilter({ filterGroup: [{ filters: before }, { filters: after }] });
  return null;
}

function rule(fieldName: string, value: string | null | undefined) {
  return value === null || value === undefined ? [] : [{ fieldName, operator: 'eq' as const, value }];
}
