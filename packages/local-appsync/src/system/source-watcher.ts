import type { FSWatcher } from 'chokidar';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';

const IGNORED = new Set(['cdk.out', '.data', 'node_modules', '.git']);

/** Editors write a file in several steps, and tools write many files. */
const QUIET_MS = 100;

/** Reports that files in a folder have changed, once they have been still for a moment. */
export class SourceWatcher {
  /** Resolves when every later change will be reported, or when watching has failed. */
  readonly ready: Promise<unknown>;
  private readonly watcher: FSWatcher;
  private readonly closed = new AbortController();
  private timer?: NodeJS.Timeout;

  /**
   * The folders `except` are ignored, too. `failed` gets the first error only: at a limit of the system, each further
   * file has one.
   */
  constructor(
    root: string,
    except: string[],
    private readonly changed: () => void,
    failed: (error: Error) => void,
  ) {
    // Loaded here only: most runs do not watch.
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at once
    const { watch } = require('chokidar') as typeof import('chokidar');
    // Links in the folder are not followed, but the folder itself may be one.
    const folder = realPath(root);
    const ignored = new Set(except.map(realPath));
    this.watcher = watch(folder, {
      ignoreInitial: true,
      followSymlinks: false,
      ignored: (path) => ignored.has(resolve(path)) || relative(folder, path).split(sep).some(isIgnored),
    });
    this.watcher.once('error', (error) => failed(error as Error));
    this.outliveErrors();
    this.ready = once(this.watcher, 'ready', { signal: this.closed.signal })
      .catch(() => undefined)
      // Not before: chokidar reports links when it finds them, in spite of `ignoreInitial`.
      .then(() => this.watcher.on('all', () => this.hear()));
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    this.closed.abort();
    const closing = this.watcher.close();
    // It has removed all listeners and may still be reading folders.
    this.outliveErrors();
    await closing;
  }

  /** An `error` event without a listener would end the process. */
  private outliveErrors(): void {
    this.watcher.on('error', () => undefined);
  }

  private hear(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.changed, QUIET_MS);
  }
}

function isIgnored(name: string): boolean {
  return IGNORED.has(name);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
