import type { AnyNode } from 'acorn';
import { excerpt, helperOf, resolved, textOf } from './expressions';
import type { Quirk } from './quirk';

/** Acts where arguments are made: local/appsync/arguments.ts. */
export const A2: Quirk = {
  id: 'A2',
  title: 'a variable that is declared but not sent arrives as null',
  source: 'aws-appsync-community #348, #394',
  certainty: 'many',
  find: (source) => {
    const isArgument = (node: AnyNode): boolean =>
      /^\w+\.(args|arguments)\b/.test(textOf(source, resolved(source, node)));
    return source.ofType('CallExpression').flatMap((node) => {
      const [object] = node.arguments;
      return helperOf(source, node) === 'Object.hasOwn' && object && isArgument(object)
        ? [
            {
              node,
              what: `${excerpt(source, node)} is also true of a variable that was not sent`,
              instead: 'take null for absent, and let a field of its own say what null would',
            },
          ]
        : [];
    });
  },
};
