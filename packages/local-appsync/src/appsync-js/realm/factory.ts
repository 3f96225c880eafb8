import { parse, type ExportNamedDeclaration, type ImportDeclaration, type Program } from 'acorn';
import type { Rewriting } from './rewriting';
import type { HandlerName } from './types';

export function parseModule(code: string): Program {
  return parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true, ranges: true });
}

/** Handlers a module exports, by the local name each has. */
export type HandlerBindings = Partial<Record<HandlerName, string>>;

function isHandler(name: string): name is HandlerName {
  return name === 'request' || name === 'response';
}

function nameOf(node: { type: string; name?: string; value?: unknown }): string {
  return node.type === 'Identifier' ? (node.name ?? '') : String(node.value);
}

/** `export …` of one statement as [exported name, local name]. */
function exportsOf(node: ExportNamedDeclaration): [string, string][] {
  const { declaration } = node;
  if (!declaration) {
    return node.specifiers.map(({ exported, local }) => [nameOf(exported), nameOf(local)]);
  }
  if (declaration.type !== 'VariableDeclaration') {
    return [[declaration.id.name, declaration.id.name]];
  }
  return declaration.declarations.flatMap(({ id }) =>
    id.type === 'Identifier' ? [[id.name, id.name] as [string, string]] : [],
  );
}

export function handlerBindings(program: Program): HandlerBindings {
  const bindings: HandlerBindings = {};
  for (const node of program.body) {
    if (node.type !== 'ExportNamedDeclaration' || node.source) {
      continue;
    }
    for (const [exported, local] of exportsOf(node)) {
      if (isHandler(exported)) {
        bindings[exported] = local;
      }
    }
  }
  return bindings;
}

/** The declarations that stand for an import. `arguments[0]` because any parameter name could clash with the code's own. */
function bindImport(node: ImportDeclaration): string {
  const module = `arguments[0][${JSON.stringify(node.source.value)}]`;
  return node.specifiers
    .map((specifier) =>
      specifier.type === 'ImportSpecifier'
        ? `const { ${JSON.stringify(nameOf(specifier.imported))}: ${specifier.local.name} } = ${module};`
        : `const ${specifier.local.name} = ${module};`,
    )
    .join(' ');
}

function blank(text: string): string {
  return text.replace(/[^\n\r\u2028\u2029]/g, ' ');
}

/**
 * Rewrites an ES module into an expression: a function of the importable modules and of the quirks that returns the
 * handlers. The code keeps its lines, one further down, so that errors point into what was written; columns are
 * moved by the rewriting alone, which tells them back.
 */
export function factorySource(code: string, program: Program, rewriting: Rewriting): string {
  const imports: string[] = [];
  let text = code;
  const erase = (start: number, end: number): void => {
    text = text.slice(0, start) + blank(text.slice(start, end)) + text.slice(end);
  };
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') {
      imports.push(bindImport(node));
      erase(node.start, node.end);
    } else if (node.type === 'ExportNamedDeclaration') {
      erase(node.start, node.declaration ? node.declaration.start : node.end);
    }
  }
  const handlers = Object.entries(handlerBindings(program)).map(([handler, local]) => `${handler}: ${local}`);
  const quirks = `const ${rewriting.guest} = arguments[1];`;
  return `(function () { "use strict"; ${quirks} ${imports.join(' ')}\n${rewriting.apply(text)}\nreturn { ${handlers.join(', ')} }; })`;
}
