import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { doors, PACKAGE, stamp } from './package.mjs';
import { writeFolder } from './write.mjs';

/** Where TypeScript writes the declarations of every file, and what it needs to do only what changed. */
const ALL = join(PACKAGE, '.cache', 'types');

/** Builds dist/types: the declarations of the doors, and those that they need. */
export async function buildTypes() {
  const began = new Date();
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(PACKAGE, 'tsconfig.build.json')], {
    stdio: 'inherit',
  });
  if (status !== 0) {
    throw new Error('The type declarations can not be built.');
  }
  const files = new Map();
  doors().forEach((door) => collect(join(ALL, `api/${door}.d.ts`), files));
  writeFolder(join(PACKAGE, 'dist', 'types'), files);
  stamp('dist/types', began);
}

/** A declaration and all that it imports. */
function collect(file, files) {
  const name = relative(ALL, file).replaceAll('\\', '/');
  if (files.has(name)) {
    return;
  }
  const text = readFileSync(file, 'utf8');
  files.set(name, text);
  for (const [, path] of text.matchAll(/(?:from|import\(|import) ?['"](\.[^'"]*)['"]/g)) {
    collect(declarationOf(join(dirname(file), path)), files);
  }
}

function declarationOf(path) {
  return existsSync(`${path}.d.ts`) ? `${path}.d.ts` : join(path, 'index.d.ts');
}
