import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package's folder: this code is at another depth in `dist` than in `src`. */
function packageFolder(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageFolder(dirname(folder));
}

const DIST = join(packageFolder(__dirname), 'dist');

/** The path of a file that the build made: what runs in a realm, a thread or a process of its own is never bundled. */
export function builtFile(...path: string[]): string {
  return join(DIST, ...path);
}
