import type { Context } from '@aws-appsync/utils';
import { brokenFilter, textsOfFilter } from '../domain/listing';
import { scoped } from '../domain/permissions';
import { brokenText, named } from '../domain/rules';
import { HEARD } from '../domain/ticket-change';
import type { SubscriptionOnTicketChangedArgs } from '../generated/schema';
import { extensions } from './shared/appsync';
import { callerOf } from './shared/caller';
import { check } from './shared/raise';
import { checkUnicode } from './shared/unicode';

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
  check(brokenText('id', id, 1, 128));
  check(brokenFilter(ctx.args));
  checkUnicode([named('id', id), ...textsOfFilter(ctx.args)]);
  const caller = callerOf(ctx);
  const own = scoped(caller, ctx.args);
  const always = [
    own ? membership('audience', 'in', HEARD[caller.role]) : condition('version', 'lt', 1),
    ...equal('id', id),
    ...equal('requester', own ? own.requester : null),
  ];
  const before = [...always, ...equal('previousStatus', status), ...equal('previousAssignee', assignee)];
  const after = [...always, ...equal('status', status), ...equal('assignee', assignee)];
  extensions.setSubscriptionFilter({ filterGroup: [{ filters: before }, { filters: after }] });
  return null;
}

function equal(fieldName: string, value: string | null | undefined) {
  return value == null ? [] : [condition(fieldName, 'eq', value)];
}

/** A function, because its parameters are untyped in JavaScript: AppSync's type check refuses literal operators (D1). */
function condition(fieldName: string, operator: 'eq' | 'lt', value: string | number) {
  return { fieldName, operator, value };
}

function membership(fieldName: string, operator: 'in', value: string[]) {
  return { fieldName, operator, value };
}
