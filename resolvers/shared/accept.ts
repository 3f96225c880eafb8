import type { Context } from '@aws-appsync/utils';
import type { TicketCommand } from '../../domain/commands';
import { brokenRule, brokenSize, shownTextsOf, textsOf } from '../../domain/rules';
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
