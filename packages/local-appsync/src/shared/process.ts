import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * The tie: a watchman in the child's own process group who reads a pipe that this process holds and never
 * writes to. However this process ends, kill -9 included, the kernel closes the pipe, the watchman reads its
 * end and kills the group. `exec` keeps the pid, so signals and the exit code are the command's own.
 */
const TIE = '(read -r _ <&3; kill -KILL -$$) >/dev/null 2>&1 & exec "$@" 3<&-';

/** How long a child may take over SIGTERM before SIGKILL, in milliseconds. */
const GRACE_MS = 1500;

/** How many of its last lines are kept. */
const LINES_KEPT = 40;

export interface TiedOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Hears each line that the child writes to stdout or stderr. */
  onLine?(line: string): void;
}

/** How a child ended. `how` completes the sentence "The child …". */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  how: string;
}

/** A child process that cannot outlive this one. */
export interface TiedProcess {
  /** 0 when the process could not be started at all. */
  readonly pid: number;
  /** Resolves, never rejects, once the child is gone and its output has been read. */
  readonly exited: Promise<Exit>;
  readonly running: boolean;
  /** What it wrote last (stdout and stderr as they came), oldest line first. */
  lastLines(): readonly string[];
  /** SIGTERM, then SIGKILL after the grace; resolves when it is gone. May be called again. */
  stop(graceMs?: number): Promise<Exit>;
}

/**
 * Starts a child that dies with this process, also when this process alone is killed with -9.
 *
 * It gets a session of its own, so Ctrl-C in the terminal reaches this process only, which then stops its
 * children in the order that it wants. Needs a POSIX `sh`.
 */
export function spawnTied(command: string, args: readonly string[], options: TiedOptions = {}): TiedProcess {
  const child = spawn('sh', ['-c', TIE, 'sh', command, ...args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const lines: string[] = [];
  let running = child.pid !== undefined;

  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) {
      continue;
    }
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > LINES_KEPT) {
        lines.shift();
      }
      options.onLine?.(line);
    });
  }

  const killGroup = () => {
    if (child.pid === undefined) {
      return;
    }
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      // Nobody is left in the group: what was wanted.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
        throw error;
      }
    }
  };

  const exited = new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      running = false;
      resolve({ code: null, signal: null, how: `could not be started: ${error.message}` });
    });
    child.once('exit', () => {
      running = false;
      // The watchman's watch is over; its membership has kept the group's number from being used again.
      killGroup();
    });
    child.once('close', (code, signal) => {
      resolve({ code, signal, how: signal ? `was ended by ${signal}` : `ended with code ${code}` });
    });
  });

  return {
    pid: child.pid ?? 0,
    exited,
    get running() {
      return running;
    },
    lastLines: () => lines,
    async stop(graceMs = GRACE_MS) {
      if (running) {
        child.kill('SIGTERM');
      }
      const impatience = setTimeout(killGroup, graceMs);
      const exit = await exited;
      clearTimeout(impatience);
      return exit;
    },
  };
}
