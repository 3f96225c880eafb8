import type { AssignmentPattern } from 'acorn';
import { problemAt, type Source } from '../realm/validate/source';
import { excerpt } from './expressions';
import type { Quirk } from './quirk';

const INSTEAD = 'write x ?? … in the body';

function defaults(source: Source): readonly AssignmentPattern[] {
  return source.ofType('AssignmentPattern');
}

export const D4: Quirk = {
  id: 'D4',
  title: 'a default of a parameter or in destructuring is refused',
  source: 'aws-appsync-community #301',
  certainty: 'one',
  find: (source) =>
    defaults(source).map((node) => ({
      node,
      what: `the default ${excerpt(source, node)} may be refused at deployment`,
      instead: INSTEAD,
    })),
  refuse: (source) =>
    defaults(source).map((node) => problemAt(node, `the default ${excerpt(source, node)} is refused; ${INSTEAD} (D4)`)),
};
