import type { AnyNode, LogicalExpression } from 'acorn';
import type { Source } from '../realm/validate/source';
import { functionOf } from '../realm/validate/functions';
import { excerpt, helperOf, textOf, within } from './expressions';
import type { Quirk } from './quirk';

export const A3: Quirk = {
  id: 'A3',
  title: 'the right side of ?? is called even when the left side is there',
  source: 'aws-appsync-community #403, amplify-category-api #3170',
  certainty: 'two',
  find: (source) =>
    alternatives(source)
      .filter(({ right }) => acts(source, right))
      .map((node) => ({
        node,
        what: `${excerpt(source, node.right)} is called even when ${excerpt(source, node.left)} is there`,
        instead: 'write x == null ? … : x',
      })),
  rewrite: (source, rewriting) => {
    for (const node of alternatives(source)) {
      if (!callsCode(source, node.right)) {
        continue;
      }
      rewriting.wrap(node, rewriting.start('either', node) + rewriting.start('given', node), ')');
      rewriting.replaceOperator(node.left, node.right, '??', '),');
    }
  },
};

function alternatives(source: Source): LogicalExpression[] {
  return source.ofType('LogicalExpression').filter(({ operator }) => operator === '??');
}

const ACTING =
  /^(util\.(error|unauthorized|appendError|http\.addResponseHeaders?)|runtime\.earlyReturn|extensions\..*)$/;

/** Whether it ends the handler, or leaves something behind. */
function acts(source: Source, node: AnyNode, seen: AnyNode[] = []): boolean {
  return within(source, node).some((inner) => {
    if (inner.type === 'AssignmentExpression') {
      return /\.stash\b/.test(textOf(source, inner.left));
    }
    if (inner.type !== 'CallExpression') {
      return false;
    }
    if (ACTING.test(helperOf(source, inner) ?? '')) {
      return true;
    }
    const binding = source.bindingOf(inner.callee);
    const called = binding && functionOf(binding);
    return called !== undefined && !seen.includes(called) && acts(source, called, [...seen, called]);
  });
}

/** Whether calling it once more may show: AppSync's own helpers only answer, unless they act. */
function callsCode(source: Source, node: AnyNode): boolean {
  return within(source, node).some((inner) => {
    if (inner.type !== 'CallExpression') {
      return false;
    }
    const helper = helperOf(source, inner);
    return helper === undefined || ACTING.test(helper);
  });
}
