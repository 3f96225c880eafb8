import type { AnyNode, ForOfStatement } from 'acorn';
import { functionOf } from '../realm/validate/functions';
import { FUNCTION_TAKERS } from '../realm/validate/methods';
import type { Source } from '../realm/validate/source';
import { excerpt, methodOf, within } from './expressions';
import type { Quirk } from './quirk';

/** Makes L2 and L6 act, too: all three are about what for…of goes over. */
export const L1: Quirk = {
  id: 'L1',
  title: 'for…of and array methods stop after 1,000 elements',
  source: 'aws-appsync-community #371; the number is a quota of AWS',
  certainty: 'AWS',
  atRunTime: 'go over slices of 1,000 elements at most',
  rewrite: (source, rewriting) => {
    for (const node of source.ofType('ForOfStatement')) {
      const text = JSON.stringify(excerpt(source, node.right));
      rewriting.call('visited', node.right, { at: node, more: `${text},${mayGrow(source, node)},` });
    }
    for (const [call, callback] of handedOver(source)) {
      rewriting.call('handOver', callback, { at: call });
    }
  },
};

/** Array methods with the functions that they are given. */
export function handedOver(source: Source): [call: AnyNode, callback: AnyNode][] {
  return source.ofType('CallExpression').flatMap((node): [AnyNode, AnyNode][] => {
    const [callback] = node.arguments;
    return callback && FUNCTION_TAKERS.includes(methodOf(node) ?? '') ? [[node, callback]] : [];
  });
}

/** Whether the body may append to what the loop goes over. */
export function mayGrow(source: Source, { body }: ForOfStatement): boolean {
  return within(source, body).some(
    (node) =>
      (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression' && node.left.computed) ||
      ['push', 'unshift', 'splice'].includes(methodOf(node) ?? '') ||
      (node.type === 'CallExpression' && isLocal(source, node.callee)),
  );
}

function isLocal(source: Source, callee: AnyNode): boolean {
  const binding = source.bindingOf(callee);
  return binding !== undefined && functionOf(binding) !== undefined;
}
