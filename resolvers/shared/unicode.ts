import { validationError } from '../../domain/errors';
import type { FieldText } from '../../domain/rules';
import { util } from './appsync';
import { check } from './raise';

/**
 * Ends the request if a text has half a surrogate pair: UTF-8 has no form for it, so it would be stored as something
 * else. A loop over the characters may not be possible, or end after 1,000 of them (L1, L6).
 */
export function checkUnicode(texts: FieldText[]): void {
  // A line feed keeps halves at the ends of two texts apart.
  if (!isUnicode(texts.map(({ text }) => text).join('\n'))) {
    const broken = texts.find(({ text }) => !isUnicode(text));
    check(validationError(broken ? broken.field : '', 'must be Unicode, without halves of surrogate pairs'));
  }
}

function isUnicode(text: string): boolean {
  return util.base64Decode(util.base64Encode(text)) === text;
}
