import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the package. */
export const PACKAGE = join(import.meta.dirname, '..');

const SOURCES = ['src', 'build', 'package.json', 'tsconfig.build.json', '../../package-lock.json'];

/** The names of the modules that users import: the files in src/api/. */
export function doors() {
  return readdirSync(join(PACKAGE, 'src', 'api'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -'.ts'.length));
}

/** Whether a source is newer than this file or folder, which its build dates. */
export function isStale(file) {
  const built = changed(join(PACKAGE, file));
  return SOURCES.some((source) => newest(join(PACKAGE, source)) > built);
}

/** Dates what is built back to when its build began: a change during the build counts. */
export function stamp(file, began) {
  utimesSync(join(PACKAGE, file), began, began);
}

function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1;
}

/** A folder changes when a file in it comes or goes. */
function newest(path) {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    return changed(path);
  }
  return Math.max(changed(path), ...readdirSync(path).map((name) => newest(join(path, name))));
}
