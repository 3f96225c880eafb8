import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that a test can fill up: a file system in memory, which only root can mount, and only on Linux. */
export class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  private readonly ballast = join(this.folder, 'ballast');

  constructor(bytes: number) {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'none', this.folder], { stdio: 'ignore' });
    } catch (error) {
      rmdirSync(this.folder);
      throw error;
    }
  }

  /** To the last byte. */
  fill(): void {
    const file = openSync(this.ballast, 'a');
    try {
      for (const page = Buffer.alloc(4096); ;) {
        writeSync(file, page);
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') {
        throw error;
      }
    } finally {
      closeSync(file);
    }
  }

  /** Takes out what filled it. */
  free(): void {
    rmSync(this.ballast, { force: true });
  }

  remove(): void {
    // Lazily: an engine may still be about to close its files.
    execFileSync('umount', ['-l', this.folder]);
    rmdirSync(this.folder);
  }
}

export const canMount = (() => {
  try {
    new SmallDisk(65_536).remove();
    return true;
  } catch {
    return false;
  }
})();

/** A test that needs one; where none can be made it is skipped, and its name says why. */
export function testOnSmallDisk(name: string, run: () => void | Promise<void>): void {
  const whole = async () => {
    await run();
  };
  if (canMount) {
    test(name, whole);
  } else {
    test.skip(`${name} (skipped: only root on Linux can mount a small disk)`, whole);
  }
}
