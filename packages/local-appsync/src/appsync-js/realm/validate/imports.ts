import type { AnyNode, ImportDeclaration } from 'acorn';
import { handlerBindings } from '../factory';
import { APPSYNC_MODULES } from '../modules';
import { isFunction, problemAt, type Rule, type Source } from './source';
import { functionOf } from './functions';

function specifierProblems(node: ImportDeclaration, exported: readonly string[]) {
  return node.specifiers.flatMap((specifier) => {
    if (specifier.type !== 'ImportSpecifier') {
      return [];
    }
    const name = specifier.imported.type === 'Identifier' ? specifier.imported.name : String(specifier.imported.value);
    return exported.includes(name)
      ? []
      : [problemAt(specifier, `'${String(node.source.value)}' exports no ${name}; it has ${exported.join(', ')}`)];
  });
}

/** `ddb.foo` where ddb is a whole module. */
function memberProblems({ bindings, parentOf }: Source, local: string, module: string, exported: readonly string[]) {
  return bindings
    .filter(({ name, variable }) => name === local && variable.defs.some(({ type }) => type === 'ImportBinding'))
    .flatMap(({ uses }) =>
      uses.flatMap(({ identifier }) => {
        const parent = parentOf(identifier);
        if (parent?.type !== 'MemberExpression' || parent.object !== identifier || parent.computed) {
          return [];
        }
        const name = parent.property.type === 'Identifier' ? parent.property.name : '';
        return exported.includes(name)
          ? []
          : [problemAt(parent, `'${module}' exports no ${name}; it has ${exported.join(', ')}`)];
      }),
    );
}

function moduleProblems(source: Source, node: ImportDeclaration) {
  const module = String(node.source.value);
  const exported = APPSYNC_MODULES[module];
  if (!exported) {
    return [
      problemAt(
        node,
        `'${module}' cannot be imported; bundle it into the code, only ${Object.keys(APPSYNC_MODULES).join(', ')} stay outside`,
      ),
    ];
  }
  const wholes = node.specifiers.filter(({ type }) => type !== 'ImportSpecifier');
  return [
    ...specifierProblems(node, exported),
    ...wholes.flatMap(({ local }) => memberProblems(source, local.name, module, exported)),
  ];
}

function exportProblem(node: AnyNode): string | undefined {
  if (node.type === 'ExportDefaultDeclaration') {
    return 'export default is not supported; export request and response by name';
  }
  if (node.type === 'ExportAllDeclaration') {
    return 'export * is not supported; export request and response by name';
  }
  return node.type === 'ExportNamedDeclaration' && node.source
    ? 'export … from is not supported; bundle it into the code'
    : undefined;
}

function handlerProblems({ program, bindings }: Source) {
  const exported = handlerBindings(program);
  return (['request', 'response'] as const).flatMap((handler) => {
    const local = exported[handler];
    if (local === undefined) {
      return [problemAt(program, `there is no export function ${handler}(ctx)`)];
    }
    const binding = bindings.find(({ name, variable }) => name === local && variable.scope.type === 'module');
    return binding && isFunction(functionOf(binding))
      ? []
      : [problemAt(program, `the export ${handler} is no function`)];
  });
}

/** What goes in and out of the module. */
export const imports: Rule = (source) => [
  ...source.program.body.flatMap((node) => {
    if (node.type === 'ImportDeclaration') {
      return moduleProblems(source, node);
    }
    const message = exportProblem(node);
    return message === undefined ? [] : [problemAt(node, message)];
  }),
  ...handlerProblems(source),
];
