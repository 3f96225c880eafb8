import type { AnyNode, Function as FunctionNode, Identifier, Program } from 'acorn';
import { analyze, type Scope, type Variable } from 'eslint-scope';
import type { Program as EsTreeProgram } from 'estree';
import type { CodeProblem } from './problem';

/** One use of a name. */
export interface Use {
  identifier: Identifier;
  isWrite: boolean;
  /** The write that is the declaration itself: `const a = 1`. */
  isInit: boolean;
}

/** A declared name with its uses. */
export interface Binding {
  name: string;
  variable: Variable;
  uses: Use[];
}

/** Parsed resolver code, with what the rules ask about it. */
export interface Source {
  code: string;
  program: Program;
  /** Every node, outermost first. */
  nodes: readonly AnyNode[];
  /** Where a node stands among them. */
  placeOf: (node: AnyNode) => number;
  ofType: <T extends AnyNode['type']>(type: T) => readonly Extract<AnyNode, { type: T }>[];
  parentOf: (node: AnyNode) => AnyNode | undefined;
  /** What declares a name that is used. */
  bindingOf: (identifier: AnyNode) => Binding | undefined;
  bindings: readonly Binding[];
  /** Uses of names that the code does not declare. */
  globals: readonly Use[];
}

/** A rule reads the source and says what AppSync would refuse. */
export type Rule = (source: Source) => CodeProblem[];

export function isFunction(node: AnyNode | FunctionNode | null | undefined): node is AnyNode & FunctionNode {
  return (
    node?.type === 'FunctionDeclaration' ||
    node?.type === 'FunctionExpression' ||
    node?.type === 'ArrowFunctionExpression'
  );
}

export function problemAt(node: AnyNode, message: string): CodeProblem {
  return {
    message,
    line: node.loc?.start.line ?? 1,
    column: (node.loc?.start.column ?? 0) + 1,
  };
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** A tree has thousands of nodes, and each start reads dozens of trees: this makes no lists of what is no node. */
function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  for (const value of Object.values(node) as unknown[]) {
    if (Array.isArray(value)) {
      children.push(...value.filter(isNode));
    } else if (isNode(value)) {
      children.push(value);
    }
  }
  return children;
}

function useOf(reference: Scope['references'][number]): Use {
  return {
    // eslint-scope keeps acorn's own node; only its type is another library's.
    identifier: reference.identifier as unknown as Identifier,
    isWrite: reference.isWrite(),
    isInit: reference.init === true,
  };
}

export function readSource(code: string, program: Program): Source {
  const parents = new Map<AnyNode, AnyNode>();
  const nodes: AnyNode[] = [];
  const places = new Map<AnyNode, number>();
  const byType = new Map<string, AnyNode[]>();
  const visit = (node: AnyNode): void => {
    places.set(node, nodes.length);
    nodes.push(node);
    const ofItsType = byType.get(node.type) ?? [];
    ofItsType.push(node);
    byType.set(node.type, ofItsType);
    for (const child of childrenOf(node)) {
      parents.set(child, node);
      visit(child);
    }
  };
  visit(program);

  const scopes = analyze(program as unknown as EsTreeProgram, { ecmaVersion: 2022, sourceType: 'module' });
  const bindings = scopes.scopes
    .flatMap((scope) => scope.variables)
    .map((variable) => ({ name: variable.name, variable, uses: variable.references.map(useOf) }));
  const declared = new Map<AnyNode, Binding>(
    bindings.flatMap((binding) => binding.uses.map(({ identifier }): [AnyNode, Binding] => [identifier, binding])),
  );
  return {
    code,
    program,
    nodes,
    placeOf: (node) => places.get(node) ?? -1,
    ofType: <T extends AnyNode['type']>(type: T) => (byType.get(type) ?? []) as Extract<AnyNode, { type: T }>[],
    parentOf: (node) => parents.get(node),
    bindingOf: (identifier) => declared.get(identifier),
    bindings,
    globals: (scopes.globalScope?.through ?? []).map(useOf),
  };
}
