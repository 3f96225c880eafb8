import type { TicketCommand } from '../../domain/commands';
import { validationError } from '../../domain/errors';
import { IGNORABLE, INVISIBLE } from '../../domain/invisible';
import { type FieldText, normalizeTag } from '../../domain/rules';
import { util } from './appsync';
import { check } from './raise';

/**
 * Tags that look the same are one tag: without default-ignorable characters, in lower case, composed (NFC). Here and not
 * in the domain, because JavaScript's `normalize` is not among AppSync's methods.
 */
export function spelledTag(tag: string): string {
  return util.str.normalize(normalizeTag(tag.replaceAll(`[${IGNORABLE}]`, '')), 'nfc');
}

/** The command with its tags as they are stored. */
export function withSpelledTags(command: TicketCommand): TicketCommand {
  switch (command.type) {
    case 'CreateTicket':
      return { ...command, tags: (command.tags ?? []).map((tag) => spelledTag(tag)) };
    case 'UpdateTicket': {
      const addTags = (command.addTags ?? []).map((tag) => spelledTag(tag));
      const removeTags = (command.removeTags ?? []).map((tag) => spelledTag(tag));
      return { ...command, addTags, removeTags };
    }
    case 'AddComment':
      return command;
  }
}

/** Ends the request if one of the texts is there and shows nothing. */
export function checkShown(texts: FieldText[]): void {
  const broken = texts.find(({ text }) => text.length > 0 && text.replaceAll(`[${INVISIBLE}]`, '').length < 1);
  check(
    broken
      ? validationError(broken.field, 'must show something: not only blank, zero-width or control characters')
      : null,
  );
}

/**
 * A text as searches compare it: the same for large and small letters of any language, for ß and SS, and for composed and
 * decomposed accents. Upper case after lower case folds more than either alone: ς, σ and Σ, ß and ẞ. The Turkish İ
 * counts as I, as no rule without a language can tell them apart.
 */
export function folded(text: string): string {
  return util.str.normalize(text.toLowerCase().toUpperCase(), 'nfc').split('\u0130').join('I');
}
