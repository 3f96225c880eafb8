import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = join(__dirname, '..', '..');

/** What `npm pack` answers. */
interface Packed {
  filename: string;
  /** In bytes. */
  size: number;
  files: { path: string }[];
}

/** What a user would download. */
export interface Tarball {
  file: string;
  size: number;
  /** Paths in it. */
  paths: string[];
  remove(): void;
}

/** Builds what has changed, and packs it. */
export function pack(): Tarball {
  execFileSync(process.execPath, [join(PACKAGE, 'build', 'main.mjs')], { stdio: 'inherit' });
  const folder = mkdtempSync(join(tmpdir(), 'local-appsync-pack-'));
  const said = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: PACKAGE,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [{ filename, size, files }] = JSON.parse(said) as [Packed];
  return {
    file: join(folder, filename),
    size,
    paths: files.map(({ path }) => path),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
