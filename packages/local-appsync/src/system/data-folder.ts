import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { StartError } from '../shared/start-error';

/** Where a system keeps its tables, its checkpoints and the assembly that it runs. One system at a time. */
export interface DataFolder {
  root: string;
  engine: string;
  checkpoints: string;
  /** The messages of queues. */
  queues: string;
  assembly: string;
  /** What a start leaves behind is gone at the next. */
  scratch: string;
  /** Keys that outlive a restart: of user pools, and of the certificate. */
  keys: string;
  release(): void;
}

/** Opens a folder and keeps other systems out of it. Throws StartError if it can't be written or is in use. */
export async function openDataFolder(directory: string): Promise<DataFolder> {
  const root = resolve(directory);
  try {
    await mkdir(join(root, 'engine'), { recursive: true });
    await mkdir(join(root, 'checkpoints'), { recursive: true });
  } catch (error) {
    throw new StartError(`Can't write to ${root}: ${(error as Error).message}. Choose another folder with --data.`);
  }
  const unlock = lock(root);
  rmSync(folders(root).scratch, { recursive: true, force: true });
  return { ...folders(root), release: unlock };
}

/** A folder that is gone when it is released. */
export async function openTemporaryFolder(): Promise<DataFolder> {
  const root = mkdtempSync(join(tmpdir(), 'local-appsync-'));
  const opened = await openDataFolder(root);
  return { ...opened, release: () => rmSync(root, { recursive: true, force: true }) };
}

function folders(root: string) {
  return {
    root,
    engine: join(root, 'engine'),
    checkpoints: join(root, 'checkpoints'),
    queues: join(root, 'queues'),
    assembly: join(root, 'assembly'),
    scratch: join(root, 'scratch'),
    keys: join(root, 'keys'),
  };
}

/** A file that names the process; that of a process which is gone counts for nothing. */
function lock(root: string): () => void {
  const file = join(root, 'lock');
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
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
