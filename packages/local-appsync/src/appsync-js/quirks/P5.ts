import type { AnyNode } from 'acorn';
import type { Source } from '../realm/validate/source';
import { excerpt, helperOf, isBoolean, isNullish, isNumber, resolved } from './expressions';
import type { Quirk } from './quirk';

/** Acts in the guest's errors. */
export const P5: Quirk = {
  id: 'P5',
  title: 'util.error does nothing when message or type is no string',
  source: 'aws-appsync-community #384',
  certainty: 'two',
  find: (source) =>
    source.ofType('CallExpression').flatMap((node) => {
      if (!/^util\.(error|appendError)$/.test(helperOf(source, node) ?? '')) {
        return [];
      }
      const [message, type] = node.arguments;
      const isIgnored = !message || isNoString(source, message) || isNullish(message) || isNoString(source, type);
      return isIgnored
        ? [{ node, what: `${excerpt(source, node)} does nothing`, instead: 'give strings for message and type' }]
        : [];
    }),
};

function isNoString(source: Source, node: AnyNode | undefined): boolean {
  const value = node && resolved(source, node);
  return (
    value !== undefined &&
    (isNumber(value) || isBoolean(value) || ['ObjectExpression', 'ArrayExpression'].includes(value.type))
  );
}
