import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { guestbookAssembly } from './guestbook';

const BIN = join(__dirname, '..', '..', 'bin', 'local-appsync.js');

export interface StartOptions {
  /** Default: the guestbook's; null: what the working directory has. */
  assembly?: string | null;
  /** Default: nothing is kept. */
  data?: string;
  port?: number;
  /** Further flags. */
  flags?: string[];
  cwd?: string;
  /** Besides this process's own. */
  env?: Record<string, string>;
}

/** The system as a user starts it: a process of its own, on a free port. */
export class RunningSystem {
  readonly output: string[] = [];
  /** Without a path. */
  url = '';

  private constructor(readonly process: ChildProcess) {}

  /** Resolves at `Ready`; rejects with what was printed if the process ends before. */
  static async start(options: StartOptions = {}): Promise<RunningSystem> {
    const system = new RunningSystem(spawnSystem(options));
    await new Promise<void>((resolve, reject) => {
      system.readLines((line) => line.startsWith('Ready') && resolve());
      system.process.once('exit', (code) =>
        reject(new Error(`the system ended with exit code ${code}:\n${system.output.join('\n')}`)),
      );
    });
    system.url = /^GraphQL\s+(\S+)\/graphql$/m.exec(system.output.join('\n'))![1]!;
    return system;
  }

  get graphqlUrl(): string {
    return `${this.url}/graphql`;
  }

  /** SIGTERM, and the exit code. */
  async stop(): Promise<number | null> {
    return this.end(() => this.process.kill('SIGTERM'));
  }

  /** SIGKILL for the process and everything that it started. */
  async killGroup(): Promise<void> {
    await this.end(() => process.kill(-this.process.pid!, 'SIGKILL'));
  }

  private async end(how: () => void): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const exited = once(this.process, 'exit');
      how();
      await exited;
    }
    return this.process.exitCode;
  }

  private readLines(seen: (line: string) => void): void {
    for (const stream of [this.process.stdout!, this.process.stderr!]) {
      createInterface(stream).on('line', (line) => {
        this.output.push(line);
        seen(line);
      });
    }
  }
}

/** Starts the system in a process group of its own, without waiting for anything. */
export function spawnSystem({ assembly, data, port = 0, flags = [], cwd, env }: StartOptions): ChildProcess {
  const all = [
    ...(assembly === null ? [] : ['--assembly', assembly ?? guestbookAssembly()]),
    ...['--port', String(port)],
    ...(data === undefined ? ['--memory'] : ['--data', data]),
    ...flags,
  ];
  return spawn(process.execPath, [BIN, ...all], { cwd, env: { ...process.env, ...env }, detached: true });
}
