import type { AssignmentExpression } from 'acorn';
import type { Source } from '../realm/validate/source';
import { excerpt } from './expressions';
import type { Quirk } from './quirk';

export const A4: Quirk = {
  id: 'A4',
  title: 'return x += y gives nothing',
  source: 'amplify-category-api #3192',
  certainty: 'one',
  find: (source) =>
    returned(source).map((node) => ({
      node,
      what: `return ${excerpt(source, node)} gives nothing`,
      instead: 'assign first, then return',
    })),
  rewrite: (source, rewriting) => {
    for (const node of returned(source)) {
      rewriting.call('lost', node);
    }
  },
};

function returned(source: Source): AssignmentExpression[] {
  return source
    .ofType('ReturnStatement')
    .flatMap(({ argument }) =>
      argument?.type === 'AssignmentExpression' && argument.operator !== '=' ? [argument] : [],
    );
}
