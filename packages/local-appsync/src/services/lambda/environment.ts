import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { builtFile } from '../../shared/built-file';
import type { FunctionDefinition } from './definition';
import { answered, exited, type InvocationFailure, type InvocationResult, timedOut } from './invocation';

const BOOTSTRAP = builtFile('bootstrap', 'main.cjs');

/** How long a module may take to load, as on Lambda. */
const INIT_SECONDS = 10;

/** What the bootstrap says over IPC. */
type Message =
  | { type: 'ready' }
  | { type: 'answer'; requestId: string; payload: string }
  | { type: 'failure'; requestId?: string; error: Omit<InvocationFailure, 'ok'> };

type FailureOf = (requestId: string) => InvocationFailure;

/** One process that has loaded the function's code and serves one invocation at a time. */
export class ExecutionEnvironment {
  /** Resolves when the process has ended and all that it said has been heard. */
  readonly gone: Promise<void>;
  private readonly child: ChildProcess;
  private readonly timeoutSeconds: number;
  /** Resolves with nothing when the code is loaded, or with how it failed to. */
  private readonly loaded: Promise<FailureOf | undefined>;
  private finishLoading!: (failure?: FailureOf) => void;
  private current: { requestId: string; settle(result: InvocationResult): void } | undefined;
  private isAlive = true;
  /** How it ended. */
  private end: FailureOf | undefined;

  constructor(definition: FunctionDefinition, variables: Record<string, string>, log: (line: string) => void) {
    this.timeoutSeconds = definition.timeoutSeconds;
    this.loaded = new Promise((resolve) => (this.finishLoading = resolve));
    this.child = fork(BOOTSTRAP, [String(process.pid)], {
      cwd: definition.directory,
      env: variables,
      // Of this process's own flags (a TypeScript loader, a debugger) the function must see nothing.
      execArgv: [`--max-old-space-size=${definition.memoryMb}`],
      // Whole invocations cross as one string: structured clones spare it a second round of escaping.
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A group of its own: Ctrl-C in the terminal reaches us alone, and whatever the function starts dies with it.
      detached: true,
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream) {
        createInterface({ input: stream }).on('line', log);
      }
    }
    this.child.on('message', (message: Message) => this.hear(message));
    this.child.on('error', (error) => log(`ERROR\t${error.message}`));
    this.gone = this.watchEnd();

    const deadline = setTimeout(() => {
      this.finishLoading((requestId) => timedOut(requestId, INIT_SECONDS));
      this.kill();
    }, INIT_SECONDS * 1000);
    void this.loaded.then(() => clearTimeout(deadline));
  }

  /** Whether it can take another invocation. */
  get alive(): boolean {
    return this.isAlive;
  }

  async invoke(requestId: string, event: string): Promise<InvocationResult> {
    const failure = (await this.loaded) ?? this.end;
    if (failure) {
      return failure(requestId);
    }

    const result = new Promise<InvocationResult>((settle) => (this.current = { requestId, settle }));
    const timeoutMs = this.timeoutSeconds * 1000;
    const timer = setTimeout(() => {
      this.settle(timedOut(requestId, this.timeoutSeconds));
      this.kill();
    }, timeoutMs);
    this.child.send({ requestId, event, deadline: Date.now() + timeoutMs }, (error) => {
      // A closed channel: the process is ending, and its end is what answers.
      if (error) {
        this.kill();
      }
    });
    try {
      return await result;
    } finally {
      clearTimeout(timer);
    }
  }

  kill(): void {
    this.isAlive = false;
    if (this.child.pid === undefined) {
      return;
    }
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
        throw error;
      }
    }
  }

  async stop(): Promise<void> {
    this.kill();
    await this.gone;
  }

  private hear(message: Message): void {
    switch (message.type) {
      case 'ready':
        return this.finishLoading();
      case 'answer':
        if (message.requestId === this.current?.requestId) {
          this.settle(answered(message.payload));
        }
        return;
      case 'failure': {
        const failure: InvocationFailure = { ok: false, ...message.error };
        if (message.requestId === undefined) {
          // Code that did not load is loaded anew by the next invocation, in a fresh process.
          this.finishLoading(() => failure);
          this.kill();
        } else if (message.requestId === this.current?.requestId) {
          this.settle(failure);
        }
      }
    }
  }

  private settle(result: InvocationResult): void {
    this.current?.settle(result);
    this.current = undefined;
  }

  private async watchEnd(): Promise<void> {
    const disconnected = once(this.child, 'disconnect').then(() => this.kill());
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
      this.child.once('exit', (...end) => resolve(end));
      // A process that could not be started has no exit.
      this.child.once('error', () => this.child.pid === undefined && resolve([null, null]));
    });
    this.isAlive = false;
    // An answer that was sent just before the end may still be in the channel.
    if (this.child.pid !== undefined) {
      await disconnected;
    }
    this.end = (requestId) => exited(requestId, code, signal && signalName(signal));
    this.finishLoading(this.end);
    if (this.current) {
      this.settle(this.end(this.current.requestId));
    }
  }
}

/** Lambda's supervisor is written in Go, which has words for the signals. */
function signalName(signal: NodeJS.Signals): string {
  return (
    { SIGKILL: 'killed', SIGTERM: 'terminated', SIGSEGV: 'segmentation fault', SIGABRT: 'aborted' }[signal as string] ??
    signal
  );
}
