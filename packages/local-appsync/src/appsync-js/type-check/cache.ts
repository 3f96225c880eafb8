import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../shared/cache-folder';
import { replaceFile } from '../../shared/replace-file';
import type { Problem } from './problem';

/** More than the code of a few large APIs in several versions; a file takes a few bytes. */
const MOST_FILES = 2000;

/**
 * What was found in code before, in a folder that runs of all apps share; a file each, by content. A folder that can't
 * be written to, or a file that can't be read, costs another check and nothing else.
 */
export class ProblemCache {
  constructor(
    private readonly folder = cacheFolder('type-check'),
    private readonly mostFiles = MOST_FILES,
  ) {}

  read(key: string): Problem[] | undefined {
    try {
      const found: unknown = JSON.parse(readFileSync(join(this.folder, key), 'utf8'));
      return isProblems(found) ? found : undefined;
    } catch {
      return undefined;
    }
  }

  write(problems: ReadonlyMap<string, Problem[]>): void {
    try {
      mkdirSync(this.folder, { recursive: true });
      problems.forEach((found, key) => this.writeOne(key, JSON.stringify(found)));
      this.prune();
    } catch {
      // The next run checks again.
    }
  }

  /** Never half a file, whoever else writes it, and however this process ends. */
  private writeOne(key: string, text: string): void {
    replaceFile(join(this.folder, key), (draft) => writeFileSync(draft, text));
  }

  /** Removes the oldest files. */
  private prune(): void {
    const files = readdirSync(this.folder).map((name) => join(this.folder, name));
    if (files.length > this.mostFiles) {
      const age = new Map(files.map((file) => [file, statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0]));
      files.sort((a, b) => age.get(a)! - age.get(b)!);
      files.slice(0, -this.mostFiles).forEach((file) => rmSync(file, { force: true }));
    }
  }
}

function isProblems(found: unknown): found is Problem[] {
  return (
    Array.isArray(found) &&
    found.every((each: Partial<Problem> | null) => typeof each?.rule === 'string' && typeof each.message === 'string')
  );
}
