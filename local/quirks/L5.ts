import type { AnyNode } from 'acorn';
import type { Source } from '../realm/validate/source';
import { excerpt, resolved } from './expressions';
import { handedOver } from './L1';
import type { Quirk } from './quirk';

export const L5: Quirk = {
  id: 'L5',
  title: 'an arrow function handed to an array method loses its parameters',
  source: 'public repositories (one author); samples of AWS contradict it',
  certainty: 'contradicted',
  find: (source) =>
    arrows(source).map((node) => ({
      node,
      what: `${excerpt(source, node)} gets no parameters`,
      instead: 'write function (x) { … }',
    })),
  rewrite: (source, rewriting) => {
    for (const node of arrows(source)) rewriting.call('arrow', node);
  },
};

const arrows = (source: Source): AnyNode[] =>
  handedOver(source)
    .map(([, callback]) => callback)
    .filter((callback) => {
      const given = resolved(source, callback);
      return given.type === 'ArrowFunctionExpression' && given.params.length > 0;
    });
