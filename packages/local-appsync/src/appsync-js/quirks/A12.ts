import type { AnyNode } from 'acorn';
import type { Source } from '../realm/validate/source';
import { excerpt, isThere, isUndefined } from './expressions';
import type { Quirk } from './quirk';

export const A12: Quirk = {
  id: 'A12',
  title: 'a property that is set to undefined becomes null',
  source: 'an open question; aws-appsync-community #305 suggests it',
  certainty: 'nobody',
  find: (source) =>
    settings(source)
      .filter(isPlainlyUndefined)
      .map((node) => ({
        node,
        what: `a property that is set to ${excerpt(source, node)} may be there as null`,
        instead: 'leave the property out, or say null',
      })),
  rewrite: (source, rewriting) => {
    for (const node of settings(source)) {
      const parent = source.parentOf(node);
      const name = parent?.type === 'Property' && parent.shorthand ? `${excerpt(source, parent.key)}:` : '';
      rewriting.wrap(node, name + rewriting.start('settled', node), ')');
    }
  },
};

/** Values that properties are set to, but for those that are never undefined. */
function settings(source: Source): AnyNode[] {
  return [
    ...source
      .ofType('ObjectExpression')
      .flatMap(({ properties }) => properties.flatMap((each) => (each.type === 'Property' ? [each.value] : [])))
      .filter((value) => !isThere(value)),
    ...source
      .ofType('AssignmentExpression')
      .filter(({ operator, left, right }) => operator === '=' && left.type === 'MemberExpression' && !isThere(right))
      .map(({ right }) => right),
  ];
}

function isPlainlyUndefined(node: AnyNode): boolean {
  return (
    isUndefined(node) ||
    (node.type === 'ConditionalExpression' && [node.consequent, node.alternate].some(isPlainlyUndefined))
  );
}
