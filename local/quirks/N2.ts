import { isNumber } from './expressions';
import type { Quirk } from './quirk';

/** Acts together with A1, on the numbers that N1 makes. */
export const N2: Quirk = {
  id: 'N2',
  title: 'a number from DynamoDB is === to no number',
  source: 'aws-appsync-community #344, #346',
  certainty: 'AWS',
  atRunTime: 'compare with < and >; AWS says that it is mended',
  rewrite: (source, rewriting) => {
    for (const node of source.ofType('BinaryExpression')) {
      const isIdentity = node.operator === '===' || node.operator === '!==';
      // A1 sees to the others.
      if (!isIdentity || ![node.left, node.right].some(isNumber)) continue;
      rewriting.wrap(node, (node.operator === '!==' ? '!' : '') + rewriting.start('equal', node), ')');
      rewriting.replaceOperator(node.left, node.right, node.operator, ',');
    }
  },
};
