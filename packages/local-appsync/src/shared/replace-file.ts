import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';

/**
 * Gives a file other content, which `write` puts into a draft: readers find the old file or the new one, never half of
 * one. Throws if that fails, for instance on a full disk; then the old file is as it was, and the draft is gone.
 */
export function replaceFile(
  file: string,
  write: (draft: string) => void,
  disk: Pick<typeof fs, 'renameSync' | 'rmSync'> = fs,
): void {
  // Not the process id: two containers that share the folder may both have it.
  const draft = `${file}.${randomUUID()}`;
  try {
    write(draft);
    disk.renameSync(draft, file);
  } catch (error) {
    disk.rmSync(draft, { force: true });
    throw error;
  }
}
