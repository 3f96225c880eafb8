import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { StartError } from '../shared/start-error';
import { lockFolder } from './folder-lock';

/** Where a system keeps what its services store, and the assembly that it runs. One system at a time. */
export interface DataFolder {
  root: string;
  /** A folder of this name within, which is made if it is not there. */
  folder(name: string): string;
  assembly: string;
  /** What a start leaves behind is gone at the next. */
  scratch: string;
  release(): void;
}

/** Opens a folder and keeps other systems out of it. Rejects with StartError if it can't be written or is in use. */
export async function openDataFolder(directory: string, patienceMs?: number): Promise<DataFolder> {
  const root = resolve(directory);
  const unlock = await lock(root, patienceMs);
  if (!unlock) {
    throw new StartError(`${root} is in use by another system. Stop that one, or choose another folder with --data.`);
  }
  rmSync(folders(root).scratch, { recursive: true, force: true });
  return { ...folders(root), release: unlock };
}

/** A folder that is gone when it is released. Nobody else knows its name, so it needs no lock. */
export function openTemporaryFolder(): DataFolder {
  const root = mkdtempSync(join(tmpdir(), 'local-appsync-'));
  return { ...folders(root), release: () => rmSync(root, { recursive: true, force: true }) };
}

async function lock(root: string, patienceMs?: number): Promise<(() => void) | undefined> {
  try {
    mkdirSync(root, { recursive: true });
    return await lockFolder(root, patienceMs);
  } catch (error) {
    throw new StartError(`Can't write to ${root}: ${(error as Error).message}. Choose another folder with --data.`);
  }
}

function folders(root: string) {
  return {
    root,
    assembly: join(root, 'assembly'),
    scratch: join(root, 'scratch'),
    folder: (name: string) => {
      const folder = join(root, name);
      mkdirSync(folder, { recursive: true });
      return folder;
    },
  };
}
