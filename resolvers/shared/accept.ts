import type { Context } from '@aws-appsync/utils';
import type { TicketCommand } from '../../domain/commands';
import { shownTicket } from '../../domain/disclosure';
import { brokenRule, brokenSize, shownTextsOf, textsOf } from '../../domain/rules';
import type { Progress } from '../steps/append';
import { callerOf } from './caller';
import { check } from './raise';
import { checkShown, withSpelledTags } from './spelling';
import { checkUnicode } from './unicode';

/** Checks a command and puts it into the stash for the steps. Raises ValidationError before anything is read. */
export function accept(ctx: Context, command: TicketCommand): void {
  check(brokenSize(command));
  checkUnicode(textsOf(command));
  const spelled = withSpelledTags(command);
  check(brokenRule(spelled));
  checkShown(shownTextsOf(spelled));
  ctx.stash.command = spelled;
}

/** The ticket that a command came to, as its caller may see it. */
export function answer(ctx: Context) {
  const { ticket } = ctx.prev.result as Required<Progress>;
  return shownTicket(ticket, callerOf(ctx));
}
