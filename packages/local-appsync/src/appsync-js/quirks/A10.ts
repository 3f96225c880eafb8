import type { BinaryExpression } from 'acorn';
import type { Source } from '../realm/validate/source';
import { excerpt, isNumber, isText, propertyOf } from './expressions';
import type { Quirk } from './quirk';

export const A10: Quirk = {
  id: 'A10',
  title: '<, <=, > and >= of two strings are false',
  source: 'an open question',
  certainty: 'nobody',
  find: (source) =>
    comparisons(source)
      .filter(({ left, right }) => isText(source, left) || isText(source, right))
      .map((node) => ({
        node,
        what: `${excerpt(source, node)} may not compare strings`,
        instead: 'compare numbers, such as epoch milliseconds, or the first of [a, b].sort() with ===',
      })),
  rewrite: (source, rewriting) => {
    for (const node of comparisons(source)) {
      rewriting.call('compare', node, { more: `"${node.operator}",` });
      rewriting.replaceOperator(node.left, node.right, node.operator, ',');
    }
  },
};

function comparisons(source: Source): BinaryExpression[] {
  return source
    .ofType('BinaryExpression')
    .filter(({ operator }) => ['<', '<=', '>', '>='].includes(operator))
    .filter(({ left, right }) => [left, right].every((side) => !isNumber(side) && propertyOf(side) !== 'length'));
}
