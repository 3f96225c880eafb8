import { follow, isCallOf, memberName, unwrap, variableOf } from './tree.mjs';
import { isTuple, isWrittenOut, numberOf } from './types.mjs';

/** AppSync's quota for the elements that a loop visits. */
const MOST = 1000;

/** Whether a list stays below 1,000 elements: by what it is made of, or by its name, which `bounds` says why. */
export function isBounded(context, bounds, list) {
  const node = unwrap(list);
  const also = (other) => isBounded(context, bounds, other);
  if (isNamed(context, bounds, node) || isTuple(context, node)) {
    return true;
  }
  switch (node.type) {
    case 'Literal':
      return node.value === null;
    case 'ArrayExpression':
      return node.elements.every((element) => element?.type !== 'SpreadElement' || also(element.argument));
    case 'ConditionalExpression':
      return also(node.consequent) && also(node.alternate);
    case 'LogicalExpression':
      return also(node.left) && also(node.right);
    case 'CallExpression':
      return isCallOf(node, 'Object', ['keys', 'values', 'entries']) || isBoundedCall(context, also, node);
    case 'Identifier': {
      const value = follow(context, node);
      return isWrittenOut(context, node) || (value !== node && also(value));
    }
    default:
      return false;
  }
}

/** Whether the last name of the expression is one of the bounds: `items` of `page.items`. */
function isNamed(context, bounds, node) {
  switch (node.type) {
    case 'Identifier':
      return Object.hasOwn(bounds, node.name) || Object.hasOwn(bounds, nameBeforeRenaming(context, node) ?? node.name);
    case 'MemberExpression':
      return Object.hasOwn(bounds, memberName(node) ?? '');
    case 'CallExpression':
      return isNamed(context, bounds, unwrap(node.callee));
    default:
      return false;
  }
}

/** `tags` of `const { tags: given } = command`. */
function nameBeforeRenaming(context, identifier) {
  const name = variableOf(context, identifier)?.defs[0]?.name;
  return name?.parent.type === 'Property' && name.parent.value === name ? name.parent.key.name : null;
}

function isBoundedCall(context, also, { callee, arguments: given }) {
  const method = memberName(callee);
  switch (method) {
    case 'slice':
      return isShortSlice(given.map((index) => numberOf(context, index))) || also(callee.object);
    case 'map':
    case 'filter':
    case 'flatMap':
    case 'sort':
    case 'reverse':
      return also(callee.object);
    case 'concat':
      return [callee.object, ...given].every(also);
    default:
      return false;
  }
}

/** `slice(0, 100)` and `slice(-10)`. */
function isShortSlice([start, end]) {
  if (start === undefined || start === null) {
    return false;
  }
  if (start < 0) {
    return -start < MOST;
  }
  return typeof end === 'number' && end >= 0 && end - start < MOST;
}
