import { excerpt, isTime } from './expressions';
import type { Quirk } from './quirk';

/** Acts in the guest's time. */
export const T1: Quirk = {
  id: 'T1',
  title: 'a time on a whole second is written without .000',
  source: 'output of EvaluateCode in public repositories',
  certainty: 'one',
  find: (source) =>
    source
      .ofType('BinaryExpression')
      .filter(({ operator }) => ['<', '<=', '>', '>=', '===', '!=='].includes(operator))
      .filter(({ left, right }) => isTime(source, left) || isTime(source, right))
      .map((node) => ({
        node,
        what: `${excerpt(source, node)} depends on whether .000 is written`,
        instead: 'compare epoch milliseconds, or put .000 in first',
      })),
};
