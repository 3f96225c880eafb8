import { Command } from 'commander';
import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

const { ifChanged } = new Command('node --import tsx web/build.ts')
  .description('Builds the desk and the explorer into web/dist.')
  .option('--if-changed', 'only if something is newer than what is there')
  .showHelpAfterError()
  .parse()
  .opts<{ ifChanged?: true }>();

const ROOT = join(__dirname, '..');
const DIST = join(__dirname, 'dist');
const SOURCES = ['web', 'client', 'domain', 'package-lock.json'].map((name) => join(ROOT, name));

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) {
    return stat.mtimeMs;
  }
  const inside = readdirSync(path).filter((name) => name !== 'dist');
  return Math.max(0, ...inside.map((name) => newest(join(path, name))));
}

async function main(): Promise<void> {
  const page = join(DIST, 'index.html');
  if (ifChanged && existsSync(page) && statSync(page).mtimeMs >= Math.max(...SOURCES.map(newest))) {
    return;
  }
  rmSync(DIST, { recursive: true, force: true });
  mkdirSync(join(DIST, 'explorer'), { recursive: true });
  await build({
    entryPoints: {
      desk: join(__dirname, 'src', 'main.tsx'),
      explorer: join(__dirname, 'explorer', 'main.tsx'),
    },
    outdir: DIST,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'file' },
    logLevel: 'warning',
    legalComments: 'none',
  });
  cpSync(join(__dirname, 'icon.svg'), join(DIST, 'icon.svg'));
  cpSync(join(__dirname, 'explorer', 'index.html'), join(DIST, 'explorer', 'index.html'));
  // Last: where it is, the rest is.
  cpSync(join(__dirname, 'index.html'), page);
  utimesSync(page, new Date(), new Date());
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
