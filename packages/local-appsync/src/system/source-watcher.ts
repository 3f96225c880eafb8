import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join, resolve } from 'node:path';

const IGNORED = new Set(['cdk.out', '.data', 'node_modules', '.git']);

/** Editors write a file in several steps, and tools write many files. */
const QUIET_MS = 100;

/**
 * Tells of changes of the files in a folder, once they have been still for a moment. Folders are watched one by one, so
 * that those which hold no sources cost nothing; `except` are further ones.
 */
export class SourceWatcher {
  private readonly watchers = new Map<string, FSWatcher>();
  private readonly except: Set<string>;
  private timer?: NodeJS.Timeout;

  constructor(
    root: string,
    except: string[],
    private readonly changed: () => void,
  ) {
    this.except = new Set(except.map((folder) => resolve(folder)));
    this.watch(resolve(root));
  }

  close(): void {
    clearTimeout(this.timer);
    this.watchers.forEach((watcher) => watcher.close());
    this.watchers.clear();
  }

  private watch(folder: string): void {
    if (this.watchers.has(folder) || this.except.has(folder)) {
      return;
    }
    this.unlessGone(folder, () => {
      const watcher = watch(folder, (_, name) => this.hear(folder, name));
      watcher.on('error', () => this.forget(folder));
      this.watchers.set(folder, watcher);
      this.watchFoldersIn(folder);
    });
  }

  private watchFoldersIn(folder: string): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !IGNORED.has(entry.name)) {
        this.watch(join(folder, entry.name));
      }
    }
  }

  private hear(folder: string, name: string | null): void {
    if (name !== null && (IGNORED.has(name) || this.except.has(join(folder, name)))) {
      return;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      // What is new may be a folder.
      for (const watched of [...this.watchers.keys()]) {
        this.unlessGone(watched, () => this.watchFoldersIn(watched));
      }
      this.changed();
    }, QUIET_MS);
  }

  /** A folder may be gone before it could be looked at. */
  private unlessGone(folder: string, look: () => void): void {
    try {
      look();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        throw error;
      }
      this.forget(folder);
    }
  }

  private forget(folder: string): void {
    this.watchers.get(folder)?.close();
    this.watchers.delete(folder);
  }
}
