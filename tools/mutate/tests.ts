import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** A run of Jest: its arguments, and how long it may take. */
export interface TestRun {
  args: string[];
  limitMs: number;
}

/** By folder. */
const SYSTEM_TESTS: Record<string, string[]> = {
  client: ['test/loop/clients', 'test/loop/catch-up'],
  domain: ['test/loop/commands', 'test/loop/lists', 'test/loop/history'],
  functions: ['test/loop/loop.test', 'test/faults/projector'],
  ops: ['test/ops/'],
};

/** The unit tests of a file's own folder: most mutations go no further. */
export function nearTests(file: string): TestRun {
  const args = [`test/${folderOf(file)}/`, '--passWithNoTests', '--selectProjects', 'unit'];
  return { args, limitMs: 180_000 };
}

/** The unit tests that import one of the files. */
export function unitTests(files: string[]): TestRun {
  return { args: ['--findRelatedTests', ...files, '--passWithNoTests', '--selectProjects', 'unit'], limitMs: 400_000 };
}

/** The system tests that notice what a file does. */
export function systemTests(file: string): TestRun {
  const paths = SYSTEM_TESTS[folderOf(file)];
  if (paths === undefined) {
    throw new Error(`No system tests are named for ${file}.`);
  }
  return { args: [...paths, '--selectProjects', 'system'], limitMs: 400_000 };
}

/** What failed first; null if nothing did. */
export async function firstFailure(folder: string, { args, limitMs }: TestRun): Promise<string | null> {
  const jest = [join('node_modules', 'jest', 'bin', 'jest.js'), ...args, '--bail'];
  const child = spawn(process.execPath, jest, {
    cwd: folder,
    env: { ...process.env, FORCE_COLOR: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
    // Of a group of its own, so that a loop without an end can be killed in whichever process it turns.
    detached: true,
  });
  let report = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (report += chunk));
  const kill = () => process.kill(-child.pid!, 'SIGKILL');
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    kill();
  }, limitMs);
  process.once('exit', kill);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', (code) => resolve(code)),
  );
  process.off('exit', kill);
  clearTimeout(timer);
  if (code === 0) {
    return null;
  }
  return isLate ? 'the time limit' : (nameOf(report) ?? `the build:\n${report}`);
}

/** The test that a report of Jest names first. */
function nameOf(report: string): string | null {
  const file = /^FAIL (?:\w+ )?(\S+)/m.exec(report)?.[1];
  const test = /^\s*● (.+)$/m.exec(report)?.[1];
  return file === undefined ? null : `${file}${test === undefined ? '' : ` › ${test}`}`;
}

function folderOf(file: string): string {
  return file.split('/')[0]!;
}
