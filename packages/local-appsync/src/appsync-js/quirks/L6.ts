import { excerpt, isText } from './expressions';
import type { Quirk } from './quirk';

const INSTEAD = "go over text.split('')";

/** Acts together with L1. */
export const L6: Quirk = {
  id: 'L6',
  title: 'for…of does not go over a string',
  source: 'an open question',
  certainty: 'nobody',
  find: (source) =>
    source
      .ofType('ForOfStatement')
      .filter(({ right }) => isText(source, right))
      .map((node) => ({
        node,
        what: `${excerpt(source, node.right)} is a string, over which for…of may not go`,
        instead: INSTEAD,
      })),
  atRunTime: INSTEAD,
};
