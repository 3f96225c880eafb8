import { follow, isCallOf, memberName, unwrap } from './tree.mjs';
import { mayBeString, numberOf } from './types.mjs';

const ARITHMETIC = ['+', '-', '*', '/', '%', '**'];
const POSITIONS = ['indexOf', 'lastIndexOf', 'findIndex', 'findLastIndex', 'push', 'unshift'];

/** Whether a number is JavaScript's own and not DynamoDB's: what a literal, arithmetic or a list's length gives. */
export function isPlainNumber(context, number) {
  const node = follow(context, number);
  switch (node.type) {
    case 'BinaryExpression':
      return ARITHMETIC.includes(node.operator) && !mayBeString(context, node);
    case 'UnaryExpression':
      return node.operator === '-';
    case 'MemberExpression':
      return memberName(node) === 'length' || numberOf(context, node) !== null;
    case 'CallExpression':
      return (
        isCallOf(node, 'Math', ['abs', 'ceil', 'floor', 'max', 'min', 'round', 'trunc']) ||
        POSITIONS.includes(memberName(unwrap(node.callee)))
      );
    case 'ConditionalExpression':
      return isPlainNumber(context, node.consequent) && isPlainNumber(context, node.alternate);
    default:
      return node.type === 'Literal' || numberOf(context, node) !== null;
  }
}
