import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { builtFile } from '../../shared/built-file';
import { Aborted } from '../../shared/parts';
import type { Problem } from './problem';

/** Finds problems beside the main thread: TypeScript takes seconds to load and to read its typings. */
export class BackgroundCheck {
  private worker?: Worker;
  /** The call before, which may still be under way: answers come without the name of their question. */
  private last: Promise<unknown> = Promise.resolve();

  /** @param stays whether the thread is kept, with what it has loaded, for the next time */
  constructor(private readonly stays: boolean) {}

  /** The problems of each code. */
  readonly find = (codes: readonly string[]): Promise<Problem[][]> => {
    const found = this.last.then(() => this.ask(codes));
    this.last = found.catch(() => undefined);
    return found;
  };

  /** Calls off what is under way: it rejects with Aborted. */
  async stop(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private async ask(codes: readonly string[]): Promise<Problem[][]> {
    const worker = (this.worker ??= startWorker());
    worker.ref();
    worker.postMessage(codes);
    try {
      const problems = await answerOf(worker);
      await (this.stays ? worker.unref() : this.stop());
      return problems;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }
}

/** Rejects with what the thread throws, and with Aborted if it is stopped. */
async function answerOf(worker: Worker): Promise<Problem[][]> {
  const settled = new AbortController();
  const { signal } = settled;
  const stopped = once(worker, 'exit', { signal }).then(() => {
    throw new Aborted('The check of the code was called off.');
  });
  try {
    const [problems] = (await Promise.race([once(worker, 'message', { signal }), stopped])) as [Problem[][]];
    return problems;
  } finally {
    settled.abort();
  }
}

/** From its built file, which needs no loader for TypeScript. */
function startWorker(): Worker {
  // Not this process's own flags, such as a loader for TypeScript.
  return new Worker(builtFile('type-check-worker.js'), { execArgv: [] });
}
