import { validationError } from '../../domain/errors';
import type { FieldText } from '../../domain/rules';
import { util } from './appsync';
import { check } from './raise';

/**
 * Ends the request if a text contains half a surrogate pair: UTF-8 cannot encode it, so another character would be
 * stored. Not a loop over the characters: it may fail (L6) or stop after 1,000 (L1).
 */
export function checkUnicode(texts: FieldText[]): void {
  // Joined by a line feed, so that halves at the ends of two texts do not form a pair.
  if (!isUnicode(texts.map(({ text }) => text).join('\n'))) {
    const broken = texts.find(({ text }) => !isUnicode(text));
    check(validationError(broken ? broken.field : '', 'must be Unicode, without halves of surrogate pairs'));
  }
}

function isUnicode(text: string): boolean {
  return util.base64Decode(util.base64Encode(text)) === text;
}
