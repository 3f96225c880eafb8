import { identities, rewriteIdentity } from './A1';
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
    for (const node of identities(source)) {
      // A1 rewrites the others.
      if ([node.left, node.right].some(isNumber)) {
        rewriteIdentity(node, rewriting);
      }
    }
  },
};
