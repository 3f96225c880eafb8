// Builds dist/ from src/; with --code without the types. What is newer than its sources is not built again.
import { createRequire } from 'node:module';
import { isStale } from './package.mjs';

const isCodeStale = isStale('dist/cli.js');
const areTypesStale = !process.argv.includes('--code') && isStale('dist/types');

if ((isCodeStale || areTypesStale) && !canBuild()) {
  console.error('local-appsync is not built: that takes its development dependencies (npm ci without --omit=dev).');
  // An installation that leaves them out succeeds all the same.
  process.exit(process.env.npm_lifecycle_event === 'prepare' ? 0 : 1);
}
if (isCodeStale) {
  const { buildCode } = await import('./code.mjs');
  await buildCode();
}
if (areTypesStale) {
  const { buildTypes } = await import('./types.mjs');
  await buildTypes();
}

function canBuild() {
  try {
    createRequire(import.meta.url).resolve('esbuild');
    return true;
  } catch {
    return false;
  }
}
