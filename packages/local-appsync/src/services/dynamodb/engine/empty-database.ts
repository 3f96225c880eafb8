import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../../../shared/cache-folder';
import { replaceFile } from '../../../shared/replace-file';
import { createIndexedFile, SEQUENCE_INDEX } from './sequence-index';

/**
 * Makes dynoxide's file where there is none. To make one takes two starts of the engine and SQLite in WebAssembly; so the
 * first one that an engine has made is kept, and each further one is a copy of it. A cache that can't be read or written
 * costs time and nothing else.
 *
 * @param create lets the engine create a file of that name and close it
 */
export async function createEmptyDatabase(
  file: string,
  binary: string,
  create: (draft: string) => Promise<void>,
  log: (line: string) => void,
  cache = cacheFolder('dynoxide'),
): Promise<void> {
  const kept = join(cache, `${keyOf(binary)}.db`);
  if (existsSync(kept) && copied(kept, file)) {
    return;
  }
  if (await createIndexedFile(file, create, log)) {
    copied(file, kept);
  }
}

/** Another engine, or another index, makes another file. */
function keyOf(binary: string): string {
  const { size, mtimeMs } = statSync(binary);
  return createHash('sha256')
    .update(JSON.stringify([binary, size, mtimeMs, SEQUENCE_INDEX]))
    .digest('hex')
    .slice(0, 32);
}

/** Never half a file, whoever else copies, and however this process ends. */
function copied(from: string, to: string): boolean {
  try {
    mkdirSync(dirname(to), { recursive: true });
    replaceFile(to, (draft) => copyFileSync(from, draft));
    return true;
  } catch {
    return false;
  }
}
