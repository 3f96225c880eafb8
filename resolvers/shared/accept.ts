import type { Context } from '@aws-appsync/utils';
import type { TicketCommand } from '../../domain/commands';
import { brokenRule, textsOf } from '../../domain/rules';
import { check } from './raise';
import { checkUnicode } from './unicode';

/** Takes a command that breaks no rule into the stash, for the steps. Raises ValidationError, before anything is read. */
export function accept(ctx: Context, command: TicketCommand): void {
  check(brokenRule(command));
  checkUnicode(textsOf(command));
  ctx.stash.command = command;
}
