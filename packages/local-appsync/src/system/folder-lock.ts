import { closeSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** After kill -9 a process needs a moment to end, and holds its locks until then. */
const PATIENCE_MS = 1000;
const POLL_MS = 20;

/**
 * Keeps everybody else out of a folder until the function that it resolves to is called, or until this process ends,
 * however it ends: the kernel holds the lock, and no process id is ever compared. Resolves to undefined if somebody
 * else has the folder. Rejects with what the file system says if the folder can't be written or locked.
 *
 * The file stays when the lock is given back. If it were removed, one system could lock the removed file and another
 * one its successor.
 */
export async function lockFolder(folder: string, patienceMs = PATIENCE_MS): Promise<(() => void) | undefined> {
  const file = openSync(join(folder, 'lock'), 'a');
  try {
    for (const deadline = Date.now() + patienceMs; !tryLock(file); await sleep(POLL_MS)) {
      if (Date.now() >= deadline) {
        closeSync(file);
        return undefined;
      }
    }
  } catch (error) {
    closeSync(file);
    throw error;
  }
  return () => closeSync(file);
}

/** Of the open file, not of the process: two systems of one process keep each other out, too. */
function tryLock(file: number): boolean {
  // Loaded here only: who keeps no data needs no binary.
  const native = createRequire(__filename)('fs-native-extensions') as { tryLock(file: number): boolean };
  return native.tryLock(file);
}
