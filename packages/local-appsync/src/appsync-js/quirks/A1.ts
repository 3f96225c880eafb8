import type { AnyNode, BinaryExpression, SwitchStatement } from 'acorn';
import type { Rewriting } from '../realm/rewriting';
import type { Source } from '../realm/validate/source';
import { excerpt, isNull, isNullish, isThere, isUndefined, methodOf, resolved, textOf } from './expressions';
import type { Quirk } from './quirk';

export const A1: Quirk = {
  id: 'A1',
  title: 'null === undefined is true',
  source: 'aws-appsync-community #305',
  certainty: 'many',
  find: (source) => [
    ...identities(source)
      .filter((node) => tellsApart(source, node) && !asksForBoth(source, node))
      .map((node) => ({
        node,
        what: `${excerpt(source, node)} does not tell null from absent`,
        instead: `write ${node.operator.slice(0, 2)} null, and let a field of its own say what null would`,
      })),
    ...source.ofType('SwitchStatement').flatMap((node) => {
      const named = nullishCases(node);
      return named.some(isNull) && named.some(isUndefined)
        ? []
        : named.map((test) => ({
            node: test,
            what: `case ${excerpt(source, test)} is taken for null and for absent`,
            instead: 'ask for both with == null before the switch',
          }));
    }),
  ],
  rewrite: (source, rewriting) => {
    for (const node of identities(source)) {
      if (!isThere(node.left) && !isThere(node.right)) {
        rewriteIdentity(node, rewriting);
      }
    }
    for (const node of source.ofType('SwitchStatement')) {
      const [named] = nullishCases(node);
      if (named) {
        rewriting.call('switched', node.discriminant, { at: named, more: isNull(named) ? 'null,' : 'undefined,' });
      }
    }
  },
};

/** `a === b` as a call of the guest's `equal`. */
export function rewriteIdentity(node: BinaryExpression, rewriting: Rewriting): void {
  rewriting.wrap(node, (node.operator === '!==' ? '!' : '') + rewriting.start('equal', node), ')');
  rewriting.replaceOperator(node.left, node.right, node.operator, ',');
}

export function identities(source: Source): BinaryExpression[] {
  return source.ofType('BinaryExpression').filter(({ operator }) => operator === '===' || operator === '!==');
}

function nullishCases({ cases }: SwitchStatement): AnyNode[] {
  return cases.flatMap(({ test }) => (test && isNullish(test) ? [test] : []));
}

/** Of `x === null` both sides: x, and null. */
function sides({ left, right }: BinaryExpression): [AnyNode, AnyNode] {
  return isNullish(left) ? [right, left] : [left, right];
}

/** These never give null, unless they found one. */
const NOT_FOUND = ['find', 'findLast', 'pop', 'shift'];

function tellsApart(source: Source, node: BinaryExpression): boolean {
  const [value, nullish] = sides(node);
  const isSearched = isUndefined(nullish) && NOT_FOUND.includes(methodOf(resolved(source, value)) ?? '');
  return isNullish(nullish) && !isThere(value) && !isNullish(value) && !isSearched;
}

/** `x === null || x === undefined`, `x !== null && x !== undefined` */
function asksForBoth(source: Source, node: BinaryExpression): boolean {
  const joiner = node.operator === '===' ? '||' : '&&';
  let whole: AnyNode = node;
  for (;;) {
    const parent = source.parentOf(whole);
    if (parent?.type !== 'LogicalExpression' || parent.operator !== joiner) {
      break;
    }
    whole = parent;
  }
  const operands = (at: AnyNode): AnyNode[] =>
    at.type === 'LogicalExpression' && at.operator === joiner ? [at.left, at.right].flatMap(operands) : [at];
  const [value, nullish] = sides(node);
  return operands(whole).some((other) => {
    if (other.type !== 'BinaryExpression' || other.operator !== node.operator) {
      return false;
    }
    const [otherValue, otherNullish] = sides(other);
    return (
      textOf(source, otherValue) === textOf(source, value) &&
      isNullish(otherNullish) &&
      isNull(otherNullish) !== isNull(nullish)
    );
  });
}
