import type { Quirk } from './quirk';

/** Acts in the guest. */
export const T5: Quirk = {
  id: 'T5',
  title: "trim is Java's: all up to U+0020, none of Unicode's other spaces",
  source: 'an open question',
  certainty: 'nobody',
};
