// Builds dist/ from src/; with --code without the types. What is newer than its sources is not built again.
import { isStale } from './package.mjs';

if (isStale('dist/cli.js')) {
  const { buildCode } = await import('./code.mjs');
  await buildCode();
}
if (!process.argv.includes('--code') && isStale('dist/types')) {
  const { buildTypes } = await import('./types.mjs');
  await buildTypes();
}
