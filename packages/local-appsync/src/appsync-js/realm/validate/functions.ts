import type { AnyNode, Identifier } from 'acorn';
import { FUNCTION_TAKERS } from './methods';
import { isFunction, problemAt, type Binding, type Rule, type Source } from './source';

/** Names the AppSync modules export that are objects, not functions. */
const OBJECT_EXPORTS = ['util', 'extensions', 'runtime', 'operations', 'typeHint', 'agg'];

function isImportedFunction({ variable }: Binding): boolean {
  return variable.defs.some(({ type, node }) => {
    if (type !== 'ImportBinding' || node.type !== 'ImportSpecifier') {
      return false;
    }
    return node.imported.type === 'Identifier' && !OBJECT_EXPORTS.includes(node.imported.name);
  });
}

/** The function a name stands for: a declaration, or a variable that starts as one. */
export function functionOf({ variable }: Binding): AnyNode | undefined {
  for (const { type, node } of variable.defs) {
    if (type === 'FunctionName') {
      return node as unknown as AnyNode;
    }
    const init = type === 'Variable' ? ((node.init ?? undefined) as unknown as AnyNode | undefined) : undefined;
    if (isFunction(init)) {
      return init;
    }
  }
  return undefined;
}

/** `node` is handed to an array method that takes a function. */
function isCallback(node: AnyNode, parent: AnyNode): boolean {
  return (
    parent.type === 'CallExpression' &&
    parent.arguments[0] === node &&
    parent.callee.type === 'MemberExpression' &&
    !parent.callee.computed &&
    parent.callee.property.type === 'Identifier' &&
    FUNCTION_TAKERS.includes(parent.callee.property.name)
  );
}

function isCalled(node: AnyNode, parent: AnyNode): boolean {
  return (
    (parent.type === 'CallExpression' && parent.callee === node) ||
    (parent.type === 'TaggedTemplateExpression' && parent.tag === node)
  );
}

/** Where a function may be written down. */
function isPlaced(node: AnyNode, parent: AnyNode): boolean {
  return (
    node.type === 'FunctionDeclaration' ||
    (parent.type === 'VariableDeclarator' && parent.init === node) ||
    isCalled(node, parent) ||
    isCallback(node, parent)
  );
}

function isUsedAsFunction(identifier: Identifier, parent: AnyNode): boolean {
  return parent.type === 'ExportSpecifier' || isCalled(identifier, parent) || isCallback(identifier, parent);
}

function literals({ nodes, parentOf }: Source) {
  return nodes.flatMap((node) => {
    const parent = parentOf(node);
    return isFunction(node) && parent && !isPlaced(node, parent)
      ? [problemAt(node, 'a function is no value here: declare it, call it, or pass it to an array method')]
      : [];
  });
}

function names({ bindings, parentOf }: Source) {
  return bindings
    .filter((binding) => functionOf(binding) !== undefined || isImportedFunction(binding))
    .flatMap(({ name, uses }) =>
      uses.flatMap(({ identifier, isInit, isWrite }) => {
        const parent = parentOf(identifier);
        if (isInit || !parent) {
          return [];
        }
        if (isWrite) {
          return [problemAt(identifier, `the function ${name} cannot be reassigned`)];
        }
        return isUsedAsFunction(identifier, parent)
          ? []
          : [problemAt(identifier, `the function ${name} is no value: call it, or pass it to an array method`)];
      }),
    );
}

/** Functions passed, returned, stored or reassigned; AppSync allows calls and array callbacks only. */
export const functionValues: Rule = (source) => [...literals(source), ...names(source)];
