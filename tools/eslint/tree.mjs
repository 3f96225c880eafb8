/** What several rules ask of a syntax tree. */

const WRAPPERS = [
  'TSAsExpression',
  'TSNonNullExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
  'ChainExpression',
];

/** The expression inside casts and the brackets of an optional chain: what runs. */
export function unwrap(node) {
  return WRAPPERS.includes(node.type) ? unwrap(node.expression) : node;
}

/** The value of a name that is assigned once; else null. */
export function valueOf(context, identifier) {
  const variable = variableOf(context, identifier);
  const [definition, ...others] = variable?.defs ?? [];
  const isSetOnce = variable?.references.filter((reference) => reference.isWrite()).length === 1;
  const isNamed = definition?.type === 'Variable' && definition.node.id.type === 'Identifier';
  return isNamed && isSetOnce && others.length === 0 ? definition.node.init : null;
}

/** The expression or, for such a name, its value. */
export function follow(context, node) {
  const inner = unwrap(node);
  const value = inner.type === 'Identifier' ? valueOf(context, inner) : null;
  return value ? follow(context, value) : inner;
}

export function variableOf(context, identifier) {
  for (let scope = context.sourceCode.getScope(identifier); scope; scope = scope.upper) {
    const variable = scope.set.get(identifier.name);
    if (variable) {
      return variable;
    }
  }
  return null;
}

/** The function that a name was declared for in the same file; else null. */
export function functionOf(context, node) {
  const [definition] = node.type === 'Identifier' ? (variableOf(context, node)?.defs ?? []) : [];
  const value = definition?.type === 'Variable' ? definition.node.init : definition?.node;
  return isFunction(value) ? value : null;
}

export function isFunction(node) {
  return ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node?.type);
}

/** The name after the dot, also of `a['b']`; null for an index. */
export function memberName(node) {
  if (node.type !== 'MemberExpression') {
    return null;
  }
  if (!node.computed) {
    return node.property.name;
  }
  return typeof node.property.value === 'string' ? node.property.value : null;
}

/** Whether a call is `Object.keys(…)`, `util.error(…)` and the like. A bundle may write `util2`. */
export function isCallOf(node, object, methods) {
  const callee = node?.type === 'CallExpression' ? unwrap(node.callee) : null;
  if (callee?.type !== 'MemberExpression' || callee.object.type !== 'Identifier') {
    return false;
  }
  return callee.object.name.replace(/\d+$/, '') === object && methods.includes(memberName(callee));
}

/** `null`, `undefined` and `void 0`. */
export function isNothing(node) {
  const inner = unwrap(node);
  return (
    (inner.type === 'Literal' && inner.raw === 'null') ||
    (inner.type === 'Identifier' && inner.name === 'undefined') ||
    (inner.type === 'UnaryExpression' && inner.operator === 'void')
  );
}

export function isTypeof(node) {
  return node.type === 'UnaryExpression' && node.operator === 'typeof';
}

/** The text of a string literal, or of a template without holes; else null. */
export function textOf(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') {
    return node.value;
  }
  return node.type === 'TemplateLiteral' && node.expressions.length === 0 ? node.quasis[0].value.cooked : null;
}

/** The nodes below a node, and itself; not those of functions that are only written there. */
export function* below(context, node) {
  yield node;
  for (const key of context.sourceCode.visitorKeys[node.type] ?? []) {
    for (const child of [node[key]].flat()) {
      if (child && !isFunction(child)) {
        yield* below(context, child);
      }
    }
  }
}

/** The function that a node runs in; null at the top of the file. */
export function enclosingFunction(node) {
  return !node.parent || isFunction(node.parent) ? (node.parent ?? null) : enclosingFunction(node.parent);
}
