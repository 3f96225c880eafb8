import type { Context } from '@aws-appsync/utils';
import type { TicketCommand } from '../../domain/commands';
import { brokenRule, textsOf } from '../../domain/rules';
import { check } from './raise';
import { checkUnicode } from './unicode';

/** Checks a command and puts it into the stash for the steps. Raises ValidationError before anything is read. */
export function accept(ctx: Context, command: TicketCommand): void {
  check(brokenRule(command));
  checkUnicode(textsOf(command));
  ctx.stash.command = command;
}
