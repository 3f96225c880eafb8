import ts from 'typescript';

/** What several rules ask of TypeScript. In a bundle, which has no types, every type is null and each `mayBe…` is false. */

export function typeOf(context, node) {
  const services = context.sourceCode.parserServices;
  return services?.program ? services.getTypeAtLocation(node) : null;
}

export function checkerOf(context) {
  return context.sourceCode.parserServices.program.getTypeChecker();
}

/** The members of a union, and of what a type parameter stands for. */
export function membersOf(context, type) {
  const constraint = type.isTypeParameter() ? checkerOf(context).getBaseConstraintOfType(type) : type;
  return constraint?.isUnion()
    ? constraint.types.flatMap((member) => membersOf(context, member))
    : [constraint ?? type];
}

function may(flags) {
  return (context, node) => {
    const type = typeOf(context, node);
    return type !== null && membersOf(context, type).some((member) => has(member, flags));
  };
}

function has(type, flags) {
  return (type.flags & flags) !== 0 || (type.isIntersection() && type.types.some((part) => has(part, flags)));
}

/** May be any number: no literal, whose value is known. */
export const mayBeNumber = may(ts.TypeFlags.Number);
export const mayBeAnyNumber = may(ts.TypeFlags.NumberLike);
export const mayBeString = may(ts.TypeFlags.StringLike);
export const mayBeNull = may(ts.TypeFlags.Null);
export const mayBeUndefined = may(ts.TypeFlags.Undefined);
/** `any` and `unknown`, which may be all of the others. */
export const mayBeAnything = may(ts.TypeFlags.Any | ts.TypeFlags.Unknown);
export const neverComesBack = may(ts.TypeFlags.Never);

/** Whether it is an object in every case. */
export function isObject(context, node) {
  const type = typeOf(context, node);
  return membersOf(context, type).every((member) => has(member, ts.TypeFlags.Object | ts.TypeFlags.NonPrimitive));
}

/** Whether it may be a list; `any` may be one. */
export function mayBeList(context, node) {
  const checker = checkerOf(context);
  const isList = (type) => checker.isArrayType(type) || checker.isTupleType(type);
  return mayBeAnything(context, node) || membersOf(context, typeOf(context, node)).some(isList);
}

/** Whether its type says how many elements it has. */
export function isTuple(context, node) {
  const type = typeOf(context, node);
  return checkerOf(context).isTupleType(type) && (type.target.combinedFlags & ts.ElementFlags.Variable) === 0;
}

/** The number, if its type is one number; else null. */
export function numberOf(context, node) {
  if (node.type === 'UnaryExpression' && node.operator === '-') {
    const number = numberOf(context, node.argument);
    return number === null ? null : -number;
  }
  const type = typeOf(context, node);
  return type?.isNumberLiteral() ? type.value : null;
}

/** Whether a name, of this file or imported, is of a constant that is written out as an array literal. */
export function isWrittenOut(context, identifier) {
  const checker = checkerOf(context);
  const { esTreeNodeToTSNodeMap } = context.sourceCode.parserServices;
  const symbol = checker.getSymbolAtLocation(esTreeNodeToTSNodeMap.get(identifier));
  const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) {
    return false;
  }
  const value = ts.skipOuterExpressions(declaration.initializer);
  const isConstant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  return isConstant && ts.isArrayLiteralExpression(value) && !value.elements.some(ts.isSpreadElement);
}
