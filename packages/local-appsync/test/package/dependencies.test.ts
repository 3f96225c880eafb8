import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { dependencies, optionalDependencies, peerDependencies } from '../../package.json';
import { packageOf } from './package-of';

const DIST = join(__dirname, '..', '..', 'dist');

/** Calls that load a package or look for it. */
const LOADS = /(?:\b(?:__)?require(?:\.resolve)?|\bcreateRequire\)\(__filename\)|\bimport)\(\s*["']([^"'.][^"']*)["']/g;

/** What the built code loads from node_modules. */
function loadedPackages(): string[] {
  const texts = readdirSync(DIST)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(DIST, name), 'utf8'));
  const specifiers = texts.flatMap((text) => [...text.matchAll(LOADS)].map(([, name]) => name!));
  const packages = specifiers.filter((name) => !name.startsWith('node:')).map(packageOf);
  return [...new Set(packages)].filter((name) => !builtinModules.includes(name));
}

test('Every package that the built code loads is a dependency, and every dependency is loaded', () => {
  const declared = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
  expect(loadedPackages().sort()).toEqual(declared.sort());
});

test('dynoxide is an optional dependency for each platform that it is built for', () => {
  expect(Object.keys(optionalDependencies)).toEqual(
    ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'].map((platform) => `@dynoxide/${platform}`),
  );
});
