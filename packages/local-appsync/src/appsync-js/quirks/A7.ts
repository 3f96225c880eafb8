import type { AnyNode } from 'acorn';
import type { Source } from '../realm/validate/source';
import { excerpt, helperOf, resolved, textOf } from './expressions';
import type { Quirk } from './quirk';

export const A7: Quirk = {
  id: 'A7',
  title: 'the keys of an object may come in another order',
  source: 'output of EvaluateCode in public repositories',
  certainty: 'one',
  find: (source) => [
    ...source
      .ofType('BinaryExpression')
      .filter(({ left, right }) => comparesTexts(source, left, right))
      .map((node) => ({
        node,
        what: `${excerpt(source, node)} depends on the order of keys`,
        instead: 'compare field by field',
      })),
    ...source
      .ofType('MemberExpression')
      .filter((node) => isPicked(source, node))
      .map((node) => ({
        node,
        what: `${excerpt(source, node)} depends on the order of keys`,
        instead: 'ask for a key by its name',
      })),
  ],
  rewrite: (source, rewriting) => {
    for (const node of source.ofType('CallExpression')) {
      const [object] = node.arguments;
      const quirk = QUIRKS[helperOf(source, node) ?? ''];
      if (!quirk || !object) {
        continue;
      }
      rewriting.replace(node.callee.start, node.callee.end, `${rewriting.guest}.${quirk}`);
      rewriting.wrap(object, `${rewriting.place(node)},`, '');
    }
  },
};

const QUIRKS: Readonly<Record<string, 'keys' | 'values' | 'entries' | 'stringify'>> = {
  'Object.keys': 'keys',
  'Object.values': 'values',
  'Object.entries': 'entries',
  'JSON.stringify': 'stringify',
};

/** What `JSON.stringify` is called with. */
function stringified(source: Source, node: AnyNode): AnyNode | undefined {
  const value = resolved(source, node);
  return value.type === 'CallExpression' && helperOf(source, value) === 'JSON.stringify'
    ? value.arguments[0]
    : undefined;
}

function comparesTexts(source: Source, left: AnyNode, right: AnyNode): boolean {
  const [a, b] = [stringified(source, left), stringified(source, right)];
  // What one function made has its keys in one order.
  const isOfOneMaker =
    a?.type === 'CallExpression' &&
    b?.type === 'CallExpression' &&
    textOf(source, a.callee) === textOf(source, b.callee);
  return a !== undefined && b !== undefined && !isOfOneMaker;
}

/** `Object.keys(o)[0]` */
function isPicked(source: Source, node: Extract<AnyNode, { type: 'MemberExpression' }>): boolean {
  const object = resolved(source, node.object);
  return (
    node.computed &&
    node.property.type === 'Literal' &&
    object.type === 'CallExpression' &&
    /^Object\.(keys|values|entries)$/.test(helperOf(source, object) ?? '')
  );
}
