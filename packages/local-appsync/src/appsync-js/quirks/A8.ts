import { excerpt, helperOf, resolved, textOf } from './expressions';
import type { Quirk } from './quirk';

/** Acts together with A7. */
export const A8: Quirk = {
  id: 'A8',
  title: 'Object.keys(ctx.identity) is empty',
  source: 'public repositories (AppSync Events)',
  certainty: 'one',
  find: (source) =>
    source.ofType('CallExpression').flatMap((node) => {
      const [object] = node.arguments;
      const isRead = /^Object\.(keys|values|entries)$/.test(helperOf(source, node) ?? '');
      return isRead && object && /^\w+\.identity$/.test(textOf(source, resolved(source, object)))
        ? [{ node, what: `${excerpt(source, node)} is empty`, instead: 'read the fields of the identity by name' }]
        : [];
    }),
};
