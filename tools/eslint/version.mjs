import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of our rules, by what they are: ESLint's cache forgets what other rules found. */
export const version = digest();

function digest() {
  const hash = createHash('sha256');
  const files = readdirSync(import.meta.dirname, { recursive: true }).filter((name) => name.endsWith('.mjs'));
  for (const name of files.sort()) {
    hash.update(name).update(readFileSync(join(import.meta.dirname, name)));
  }
  return hash.digest('hex').slice(0, 12);
}
