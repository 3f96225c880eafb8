/**
 * Characters that show nothing, as the inside of a character class: single ones and ranges, written as they are, so that
 * java.util.regex (`replaceAll` of AppSync) and JavaScript with the flag u read them alike.
 */

/**
 * Unicode's Default_Ignorable_Code_Point: soft hyphen, fillers, joiners, marks of direction, variation selectors, tags.
 * Source: DerivedCoreProperties.txt of the Unicode Character Database.
 */
export const IGNORABLE =
  '\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f' +
  '\ufeff\uffa0\ufff0-\ufff8\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}';

/** Controls, white space, the empty braille pattern, and the anchors of annotations. */
const BLANK = '\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000\ufff9-\ufffb';

export const INVISIBLE = `${BLANK}${IGNORABLE}`;
