// Lints snippets as if they were files of the product. A process of its own, as Jest cannot load ES modules.
// stdin: { prelude, source: { file: code }, bundle: { file: code } }
// stdout: { found: { file: [rule, …] }, wired: [rule, …], ours: [rule, …] }
import { ESLint, Linter } from 'eslint';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { bundleConfig, resolverConfig } from '../../../tools/eslint/config.mjs';

const root = join(import.meta.dirname, '..', '..', '..');
const { prelude, source, bundle } = JSON.parse(readFileSync(0, 'utf8'));

/** One program of all snippets: the standard library is read once. */
function programOf(files) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, types: [] }, root);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => files[name] ?? readFile(name);
  host.fileExists = (name) => name in files || fileExists(name);
  host.getSourceFile = (name, language, ...others) =>
    name in files ? ts.createSourceFile(name, files[name], language, true) : getSourceFile(name, language, ...others);
  return ts.createProgram(Object.keys(files), options, host);
}

function lint(code, config, filename) {
  const linter = new Linter({ cwd: root });
  return linter.verify(code, config, { filename }).map(({ ruleId, message }) => ruleId ?? message);
}

function inRoot(files) {
  return Object.fromEntries(Object.entries(files).map(([file, code]) => [join(root, file), code]));
}

const sources = inRoot(source);
const program = programOf({ ...sources, [join(root, 'domain/prelude.d.ts')]: prelude });
const typed = {
  files: ['**/*.ts'],
  languageOptions: { parser: tseslint.parser, parserOptions: { programs: [program] } },
};

const found = {};
for (const file of Object.keys(source)) {
  found[file] = lint(source[file], [typed, resolverConfig], join(root, file));
}
for (const file of Object.keys(bundle)) {
  found[file] = lint(bundle[file], [bundleConfig], join(root, file));
}
// What `npm run lint` looks for in both rooms, and what it should.
const eslint = new ESLint({ cwd: root });
const rooms = await Promise.all(
  ['domain/rules.ts', 'resolvers/steps/append.ts'].map((file) => eslint.calculateConfigForFile(file)),
);
const ours = Object.keys(resolverConfig.rules);
const wired = ours.filter((rule) => rooms.every(({ rules }) => rules[rule]?.[0] === 2));
process.stdout.write(JSON.stringify({ found, wired, ours }));
