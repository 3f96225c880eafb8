import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { StartError } from '../shared/start-error';

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

/** Opens a folder and keeps other systems out of it. Throws StartError if it can't be written or is in use. */
export function openDataFolder(directory: string): DataFolder {
  const root = resolve(directory);
  try {
    mkdirSync(root, { recursive: true });
  } catch (error) {
    throw new StartError(`Can't write to ${root}: ${(error as Error).message}. Choose another folder with --data.`);
  }
  const unlock = lock(root);
  rmSync(folders(root).scratch, { recursive: true, force: true });
  return { ...folders(root), release: unlock };
}

/** A folder that is gone when it is released. */
export function openTemporaryFolder(): DataFolder {
  const root = mkdtempSync(join(tmpdir(), 'local-appsync-'));
  const opened = openDataFolder(root);
  const release = () => {
    opened.release();
    rmSync(root, { recursive: true, force: true });
  };
  return { ...opened, release };
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

/** Those that systems of this process hold. */
const held = new Set<string>();

/** A file that names the process; that of a process which is gone counts for nothing. */
function lock(root: string): () => void {
  if (held.has(root)) {
    throw new StartError(`${root} is in use by another system of this process. Stop it, or choose another folder.`);
  }
  const file = join(root, 'lock');
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      held.add(root);
      return () => {
        held.delete(root);
        rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new StartError(`Can't write to ${root}: ${(error as Error).message}. Choose another folder with --data.`);
      }
      const holder = Number(readFileSync(file, 'utf8'));
      if (isRunning(holder)) {
        throw new StartError(`${root} is in use by process ${holder}. Stop it, or choose another folder with --data.`);
      }
      rmSync(file, { force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid || !Number.isInteger(pid) || pid <= 0) {
    return false;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
