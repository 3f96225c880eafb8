import type { DataSourceAnswer, DataSourceCall } from '../../../appsync-js/data-source';
import type { Limit } from '../../../shared/limit';
import type { Step } from './step';

interface Waiting {
  call: DataSourceCall;
  settle: (answer: Promise<DataSourceAnswer>) => void;
}

/**
 * The resolvers of one field at one list level, such as `author` of each post in a list. Calls of their batching steps
 * wait for one another: once all that still run are waiting, each step's calls go to the data source together.
 */
export class ListLevel {
  private running = 0;
  private readonly waiting = new Map<Step, Waiting[]>();
  private flushing = false;

  constructor(private readonly limit: Limit) {}

  enter(): void {
    this.running += 1;
  }

  leave(): void {
    this.running -= 1;
    this.flushSoon();
  }

  call(step: Step, call: DataSourceCall): Promise<DataSourceAnswer> {
    return new Promise((settle) => {
      const list = this.waiting.get(step) ?? [];
      list.push({ call, settle });
      this.waiting.set(step, list);
      this.flushSoon();
    });
  }

  /** In a turn of its own: the resolvers of a list begin one after the other in the same turn. */
  private flushSoon(): void {
    if (!this.flushing) {
      this.flushing = true;
      setImmediate(() => this.flush());
    }
  }

  private flush(): void {
    this.flushing = false;
    const lists = [...this.waiting];
    if (lists.reduce((sum, [, list]) => sum + list.length, 0) < this.running) {
      return;
    }
    this.waiting.clear();
    for (const [step, list] of lists) {
      const calls = list.map(({ call }) => call);
      const answers = step.dataSource!.executeBatch!(calls, step.maxBatchSize, this.limit);
      list.forEach(({ settle }, i) => settle(answers.then((all) => all[i]!)));
    }
  }
}

/** Whether a step's call may go to its data source together with others of its list level. */
export function isBatched({ dataSource, maxBatchSize = 0 }: Step, request: unknown): boolean {
  if (!dataSource?.executeBatch) {
    return false;
  }
  return maxBatchSize > 0 || (request as { operation?: unknown } | null | undefined)?.operation === 'BatchInvoke';
}
