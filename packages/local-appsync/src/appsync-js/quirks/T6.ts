import type { AnyNode } from 'acorn';
import type { Source } from '../realm/validate/source';
import { excerpt } from './expressions';
import type { Quirk } from './quirk';

export const T6: Quirk = {
  id: 'T6',
  title: 'a lone surrogate in a literal becomes "?"',
  source: 'an open question',
  certainty: 'nobody',
  find: (source) =>
    broken(source).map(({ node }) => ({
      node,
      what: `${excerpt(source, node)} holds half a character, which may become "?"`,
      instead: 'leave it out: AppSync has no way to write one',
    })),
  rewrite: (source, rewriting) => {
    for (const { node, text } of broken(source)) {
      rewriting.replace(node.start, node.end, text);
    }
  },
};

const LONE = /\p{Surrogate}/gu;

/** Of code, which may hold the character itself. */
function asCode(text: string): string {
  return JSON.stringify(text.replace(LONE, '?'));
}

/** Literals with lone surrogates, and what stands there instead. */
function broken(source: Source): { node: AnyNode; text: string }[] {
  return [
    ...source
      .ofType('Literal')
      .flatMap((node) =>
        typeof node.value === 'string' && node.value.search(LONE) >= 0 ? [{ node, text: asCode(node.value) }] : [],
      ),
    ...source.ofType('TemplateElement').flatMap((node) => {
      const { cooked } = node.value;
      return typeof cooked === 'string' && cooked.search(LONE) >= 0
        ? [
            {
              node,
              text: asCode(cooked)
                .slice(1, -1)
                .replace(/`|\$\{/g, '\\$&'),
            },
          ]
        : [];
    }),
  ];
}
