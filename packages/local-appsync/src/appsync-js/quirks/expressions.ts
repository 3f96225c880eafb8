import type { AnyNode, CallExpression, Expression, Super } from 'acorn';
import { isFunction, type Source } from '../realm/validate/source';

/** What can be told of an expression from the code alone. */

export function textOf({ code }: Source, { start, end }: AnyNode): string {
  return code.slice(start, end);
}

/** As a message shows it. */
export function excerpt(source: Source, node: AnyNode): string {
  const text = textOf(source, node).replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

export function isNull(node: AnyNode): boolean {
  return node.type === 'Literal' && node.raw === 'null';
}

export function isUndefined(node: AnyNode): boolean {
  return (
    (node.type === 'Identifier' && node.name === 'undefined') ||
    (node.type === 'UnaryExpression' && node.operator === 'void')
  );
}

export function isNullish(node: AnyNode): boolean {
  return isNull(node) || isUndefined(node);
}

export function isNumber(node: AnyNode): boolean {
  return node.type === 'UnaryExpression'
    ? node.operator === '-' && isNumber(node.argument)
    : node.type === 'Literal' && typeof node.value === 'number';
}

const COMPARISONS = ['===', '!==', '==', '!=', '<', '<=', '>', '>='];

/** True or false, whatever is in it. */
export function isBoolean(node: AnyNode): boolean {
  return (
    (node.type === 'Literal' && typeof node.value === 'boolean') ||
    (node.type === 'UnaryExpression' && node.operator === '!') ||
    (node.type === 'BinaryExpression' && COMPARISONS.includes(node.operator))
  );
}

/** Neither null nor undefined, whatever is in it. */
export function isThere(node: AnyNode): boolean {
  return (
    (node.type === 'Literal' && !isNull(node)) ||
    ['TemplateLiteral', 'ObjectExpression', 'ArrayExpression'].includes(node.type) ||
    isFunction(node) ||
    isBoolean(node) ||
    (node.type === 'UnaryExpression' && node.operator !== 'void')
  );
}

/** What a `const` begins as, in place of its name. */
export function resolved(source: Source, node: AnyNode): AnyNode {
  let at = node;
  // A name cannot stand for itself by way of more names than these; longer ways are left alone.
  for (let steps = 0; steps < 5 && at.type === 'Identifier'; steps += 1) {
    const declarator = constOf(source, at);
    if (!declarator) {
      return at;
    }
    at = declarator;
  }
  return at.type === 'ChainExpression' ? at.expression : at;
}

function constOf(source: Source, name: AnyNode): AnyNode | undefined {
  for (const { type, node, parent } of source.bindingOf(name)?.variable.defs ?? []) {
    if (type !== 'Variable' || parent.kind !== 'const' || node.id.type !== 'Identifier') {
      continue;
    }
    return (node.init ?? undefined) as unknown as AnyNode | undefined;
  }
  return undefined;
}

/** `trim` of `text.trim()`. */
export function methodOf(node: AnyNode): string | undefined {
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression'
    ? propertyOf(node.callee)
    : undefined;
}

/** `b` of `a.b`. */
export function propertyOf(node: AnyNode): string | undefined {
  return node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier'
    ? node.property.name
    : undefined;
}

const TEXT_METHODS = [
  ...['trim', 'trimStart', 'trimEnd', 'toLowerCase', 'toUpperCase', 'substring', 'charAt', 'replace', 'replaceAll'],
  'join',
];

/** A string, whatever is in it. */
export function isText(source: Source, node: AnyNode): boolean {
  const value = resolved(source, node);
  return (
    (value.type === 'Literal' && typeof value.value === 'string') ||
    value.type === 'TemplateLiteral' ||
    TEXT_METHODS.includes(methodOf(value) ?? '') ||
    isTime(source, value) ||
    (value.type === 'BinaryExpression' &&
      value.operator === '+' &&
      (isText(source, value.left) || isText(source, value.right)))
  );
}

/** A time in ISO 8601 that a helper made. */
export function isTime(source: Source, node: AnyNode): boolean {
  const value = resolved(source, node);
  return (
    value.type === 'CallExpression' &&
    ['util.time.nowISO8601', 'util.time.epochMilliSecondsToISO8601'].includes(helperOf(source, value) ?? '')
  );
}

/** `util.error` of a call of AppSync's helper, however it was imported; `dynamodb.put` of one of a module. */
export function helperOf(source: Source, call: CallExpression): string | undefined {
  if (!helpers.has(call)) {
    helpers.set(call, pathOf(source, call.callee));
  }
  return helpers.get(call);
}

/** What is known already: a dozen quirks ask of every call. */
const helpers = new WeakMap<CallExpression, string | undefined>();

function pathOf(source: Source, node: Expression | Super): string | undefined {
  if (node.type === 'MemberExpression') {
    const object = pathOf(source, node.object);
    const property = propertyOf(node);
    if (object === undefined || property === undefined) {
      return undefined;
    }
    return object === '' ? property : `${object}.${property}`;
  }
  return node.type === 'Identifier' ? rootOf(source, node.name, node) : undefined;
}

const GLOBALS = ['util', 'extensions', 'runtime', 'Object', 'JSON', 'Math', 'Number', 'String', 'console'];

/** What a name stands for: a global, an import, or `''` for all of `@aws-appsync/utils`. */
function rootOf(source: Source, name: string, node: AnyNode): string | undefined {
  const binding = source.bindingOf(node);
  if (!binding) {
    return GLOBALS.includes(name) ? name : undefined;
  }
  for (const { type, node: specifier, parent } of binding.variable.defs) {
    if (type !== 'ImportBinding') {
      continue;
    }
    const module = String(parent.source.value).split('/').slice(2).join('.');
    if (specifier.type !== 'ImportSpecifier') {
      return module;
    }
    const imported = specifier.imported.type === 'Identifier' ? specifier.imported.name : '';
    return module === '' ? imported : `${module}.${imported}`;
  }
  return undefined;
}

/** The nodes within, without those of functions that are only written down there. */
export function within(source: Source, outer: AnyNode): AnyNode[] {
  const first = source.placeOf(outer);
  const inside: AnyNode[] = [];
  let skipTo = outer.start;
  for (let i = first; i < source.nodes.length; i += 1) {
    const node = source.nodes[i];
    if (!node || node.start < outer.start || node.end > outer.end) {
      break;
    }
    if (node.start < skipTo) {
      continue;
    }
    if (isFunction(node) && node !== outer) {
      skipTo = node.end;
    } else {
      inside.push(node);
    }
  }
  return inside;
}

/** The innermost function that a node is in. */
export function functionAround({ parentOf }: Source, node: AnyNode): AnyNode | undefined {
  let at = parentOf(node);
  while (at && !isFunction(at)) {
    at = parentOf(at);
  }
  return at;
}
