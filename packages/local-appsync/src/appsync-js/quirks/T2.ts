import type { AnyNode } from 'acorn';
import type { Source } from '../realm/validate/source';
import { excerpt, helperOf, resolved } from './expressions';
import type { Quirk } from './quirk';

/** Acts in the guest's regular expressions. */
export const T2: Quirk = {
  id: 'T2',
  title: 'util.matches finds its pattern anywhere',
  source: 'an open question',
  certainty: 'nobody',
  find: (source) =>
    source.ofType('CallExpression').flatMap((node) => {
      const [pattern] = node.arguments;
      return helperOf(source, node) === 'util.matches' && pattern && isOpen(source, pattern)
        ? [
            {
              node,
              what: `${excerpt(source, node)} may match any part of the text`,
              instead: 'write ^…$ around the pattern',
            },
          ]
        : [];
    }),
};

/** A pattern that is written out and does not hold on to both ends. */
function isOpen(source: Source, node: AnyNode): boolean {
  const pattern = resolved(source, node);
  if (pattern.type === 'Literal') {
    return !/^\^.*\$$/s.test(String(pattern.value));
  }
  if (pattern.type !== 'TemplateLiteral') {
    return false;
  }
  const [first, last] = [pattern.quasis[0], pattern.quasis[pattern.quasis.length - 1]];
  return !(first?.value.raw.startsWith('^') && last?.value.raw.endsWith('$'));
}
