import type { AnyNode } from 'acorn';
import { problemAt, type Rule } from './source';

/** Statements and expressions that AppSync lacks, with what to do instead. */
const FORBIDDEN: Partial<Record<AnyNode['type'], string>> = {
  ThrowStatement: 'throw is not supported; call util.error(message, type)',
  TryStatement: 'try is not supported; check before you act, a failure ends the handler',
  ContinueStatement: 'continue is not supported; put the rest of the loop into an if',
  ForStatement: 'for (;;) is not supported; use for-of, for-in or an array method',
  WhileStatement: 'while is not supported; use for-of or an array method',
  DoWhileStatement: 'do-while is not supported; use for-of or an array method',
  LabeledStatement: 'labels are not supported',
  WithStatement: 'with is not supported',
  DebuggerStatement: 'debugger is not supported',
  UpdateExpression: '++ and -- are not supported; write += 1 or -= 1',
  NewExpression: 'new is not supported',
  ThisExpression: 'this is not supported; handlers get everything in ctx',
  ClassDeclaration: 'classes are not supported; use plain objects and functions',
  ClassExpression: 'classes are not supported; use plain objects and functions',
  Super: 'super is not supported',
  AwaitExpression: 'await is not supported; a handler is synchronous, the data source does the waiting',
  YieldExpression: 'yield is not supported',
  ImportExpression: 'import() is not supported; import at the top of the file',
  MetaProperty: 'import.meta and new.target are not supported',
};

const METHODS_OF_FUNCTIONS = ['apply', 'bind', 'call'];
/** Ways from a value to the language's internals, which AppSync does not expose. */
const INTERNALS = ['constructor', 'prototype', '__proto__'];

function propertyName(node: AnyNode): string | undefined {
  if (node.type !== 'MemberExpression') {
    return undefined;
  }
  if (!node.computed) {
    return node.property.type === 'Identifier' ? node.property.name : undefined;
  }
  return node.property.type === 'Literal' && typeof node.property.value === 'string' ? node.property.value : undefined;
}

function complaint(node: AnyNode): string | undefined {
  const general = FORBIDDEN[node.type];
  if (general) {
    return general;
  }
  switch (node.type) {
    case 'UnaryExpression':
      return node.operator === '~' ? '~ is not supported' : undefined;
    case 'BinaryExpression':
      if (node.operator === 'in') {
        return 'in is not supported; use Object.hasOwn(object, name)';
      }
      return node.operator === 'instanceof' ? 'instanceof is not supported' : undefined;
    case 'Literal':
      if (node.regex) {
        return 'regular expression literals are not supported; use util.matches(pattern, text)';
      }
      return node.bigint ? 'BigInt literals are not supported' : undefined;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      if (node.async) {
        return 'async functions are not supported; a handler is synchronous';
      }
      return node.generator ? 'generators are not supported' : undefined;
    case 'ForOfStatement':
      return node.await ? 'for await is not supported' : undefined;
    case 'Property':
      return node.kind === 'init' ? undefined : 'getters and setters are not supported';
    case 'CallExpression': {
      const name = propertyName(node.callee);
      return name !== undefined && METHODS_OF_FUNCTIONS.includes(name)
        ? `.${name}() of a function is not supported`
        : undefined;
    }
    case 'MemberExpression': {
      const name = propertyName(node);
      return name !== undefined && INTERNALS.includes(name) ? `.${name} is not supported` : undefined;
    }
    default:
      return undefined;
  }
}

/** Forbidden syntax; source: AppSync's "Supported runtime features" and its ESLint plugin. */
export const syntax: Rule = ({ nodes }) =>
  nodes.flatMap((node) => {
    const message = complaint(node);
    return message === undefined ? [] : [problemAt(node, message)];
  });
