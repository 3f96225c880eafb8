import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** What a copy does without, or gets by a link. */
const LEFT_OUT = new Set(['.cache', '.data', '.git', 'cdk.out', 'node_modules']);

/** A copy of the repository, whose files may be mutated: whatever happens, the original stays as it is. */
export class WorkTree {
  readonly folder = mkdtempSync(join(tmpdir(), 'mutate-'));

  constructor(root: string) {
    cpSync(root, this.folder, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
    for (const modules of ['node_modules', 'packages/local-appsync/node_modules']) {
      if (existsSync(join(root, modules))) {
        symlinkSync(join(root, modules), join(this.folder, modules));
      }
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
