import type { AnyNode } from 'acorn';
import type { Source } from '../realm/validate/source';
import { excerpt, helperOf, isNullish, resolved } from './expressions';
import type { Quirk } from './quirk';

/** Acts in the guest's runtime. */
export const P1: Quirk = {
  id: 'P1',
  title: 'runtime.earlyReturn of null fails with "Runtime Error"',
  source: 'aws-appsync-community #280',
  certainty: 'contradicted',
  find: (source) =>
    source.ofType('CallExpression').flatMap((node) => {
      const [value] = node.arguments;
      return helperOf(source, node) === 'runtime.earlyReturn' && (!value || mayBeNullish(source, value))
        ? [
            {
              node,
              what: `${excerpt(source, node)} may fail with "Runtime Error"`,
              instead: 'return early with an object, and answer null from the response handler',
            },
          ]
        : [];
    }),
};

/** Says null or undefined itself, for one case at least. */
function mayBeNullish(source: Source, node: AnyNode): boolean {
  const value = resolved(source, node);
  return (
    isNullish(value) ||
    (value.type === 'ConditionalExpression' &&
      [value.consequent, value.alternate].some((each) => mayBeNullish(source, each))) ||
    (value.type === 'LogicalExpression' && value.operator !== '&&' && mayBeNullish(source, value.right))
  );
}
