import type { Command } from 'commander';
import { type Deployment, openDeployment, type Target } from '../deployment';
import { Bar } from '../progress';
import type { Progress } from '../scan';

/** All is well · there is something to look at, which was told · the command could not do its work. */
export const EXIT = { ok: 0, found: 1, failed: 2 };

interface Globals extends Target {
  json?: boolean;
}

/** Prints a line of a result: as JSON, or in words. */
export type Tell = (line: object, words: string) => void;

export interface Work<T> {
  /** For the bar. */
  what: string;
  work: (deployment: Deployment, progress: Progress, tell: Tell) => Promise<T>;
  sentence: (result: T) => string;
  /** Always, by default. */
  isWell?: (result: T) => boolean;
}

/** Runs the work of a command with a bar, prints its result, and sets the exit code. */
export async function run<T extends object>(
  program: Command,
  { what, work, sentence, isWell }: Work<T>,
): Promise<void> {
  const { json, ...target } = program.opts<Globals>();
  const bar = new Bar(what);
  const tell: Tell = (line, words) => console.log(json ? JSON.stringify(line) : words);
  try {
    const result = await work(openDeployment(target), bar.update, tell);
    bar.stop();
    tell(result, sentence(result));
    process.exitCode = isWell === undefined || isWell(result) ? EXIT.ok : EXIT.found;
  } finally {
    bar.stop();
  }
}
