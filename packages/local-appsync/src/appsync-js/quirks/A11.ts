import type { AnyNode, MemberExpression } from 'acorn';
import type { Source } from '../realm/validate/source';
import { excerpt, functionAround, isNumber, propertyOf, resolved, textOf } from './expressions';
import type { Quirk } from './quirk';

export const A11: Quirk = {
  id: 'A11',
  title: 'a negative index is an error',
  source: 'an open question',
  certainty: 'nobody',
  find: (source) =>
    indexed(source)
      .filter((node) => mayBeNegative(source, node))
      .map((node) => ({
        node,
        what: `${excerpt(source, node)} is an error where its index is negative`,
        instead: 'ask for the length first',
      })),
  rewrite: (source, rewriting) => {
    for (const { property } of indexed(source)) {
      rewriting.call('index', property);
    }
  },
};

/** `list[i]`, but for names and numbers that are written out. */
function indexed(source: Source): MemberExpression[] {
  return source.ofType('MemberExpression').filter(({ computed, property }) => computed && property.type !== 'Literal');
}

function mayBeNegative(source: Source, node: MemberExpression): boolean {
  const index = resolved(source, node.property);
  if (isNumber(index)) {
    return true;
  }
  if (index.type !== 'BinaryExpression' || index.operator !== '-') {
    return false;
  }
  return propertyOf(index.left) === 'length' && !asksBefore(source, node, index.left);
}

/** Whether the function has looked at the length by then. */
function asksBefore(source: Source, node: AnyNode, length: AnyNode): boolean {
  const around = functionAround(source, node) ?? source.program;
  return source.nodes.some(
    (test) =>
      test.start >= around.start &&
      test.end <= node.start &&
      isTest(source, test) &&
      textOf(source, test).includes(textOf(source, length)),
  );
}

function isTest({ parentOf }: Source, node: AnyNode): boolean {
  const parent = parentOf(node);
  return (
    ((parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression') && parent.test === node) ||
    (parent?.type === 'LogicalExpression' && parent.left === node)
  );
}
