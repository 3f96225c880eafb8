import type { UnaryExpression } from 'acorn';
import { LANGUAGE_METHODS } from '../realm/validate/methods';
import type { Source } from '../realm/validate/source';
import { excerpt, propertyOf } from './expressions';
import type { Quirk } from './quirk';

export const A5: Quirk = {
  id: 'A5',
  title: 'typeof of a method is "undefined"',
  source: 'aws-appsync-community #295',
  certainty: 'contradicted',
  find: (source) =>
    typesOfMembers(source)
      .filter(({ argument }) => LANGUAGE_METHODS.has(propertyOf(argument) ?? ''))
      .map((node) => ({
        node,
        what: `${excerpt(source, node)} is "undefined"`,
        instead: "ask for a property that is no method, as in typeof x.length === 'number'",
      })),
  rewrite: (source, rewriting) => {
    for (const node of typesOfMembers(source)) {
      rewriting.call('typeOfMember', node);
    }
  },
};

function typesOfMembers(source: Source): UnaryExpression[] {
  return source
    .ofType('UnaryExpression')
    .filter(({ operator, argument }) => operator === 'typeof' && argument.type === 'MemberExpression');
}
