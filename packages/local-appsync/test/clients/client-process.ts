import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Kind, Order, Report } from './client';

/** A public client in a process of its own: what it trusts is up to its environment. */
export class ClientProcess {
  private last = 0;
  private readonly reports: Report[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (report: Report) => {
      this.reports.push(report);
      this.waiting.forEach((wake) => wake());
    });
  }

  static async start(kind: Kind, url: string, key: string, certificate?: string): Promise<ClientProcess> {
    const child = fork(join(__dirname, 'client.ts'), [kind, url, key], {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, ...(certificate === undefined ? {} : { NODE_EXTRA_CA_CERTS: certificate }) },
      silent: true,
    });
    const client = new ClientProcess(child);
    await client.report((report) => report.id === 0);
    return client;
  }

  /** Resolves with the data; rejects with what the client told of its error. */
  async run(document: string): Promise<unknown> {
    const id = this.order('run', document);
    const answer = await this.report((report) => report.id === id);
    if (answer.report === 'failed') {
      throw new Error(answer.error);
    }
    return answer.report === 'done' ? answer.data : undefined;
  }

  /** Subscribes without waiting for anything. */
  subscribe(document: string): ClientSubscription {
    return new ClientSubscription(this, this.order('subscribe', document));
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }

  tell(order: Order): void {
    this.child.send(order);
  }

  /** The first report that matches and was not asked for before. */
  async report(matches: (report: Report) => boolean): Promise<Report> {
    for (;;) {
      const place = this.reports.findIndex(matches);
      if (place >= 0) {
        return this.reports.splice(place, 1)[0]!;
      }
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.waiting.delete(wake);
          resolve();
        };
        this.waiting.add(wake);
      });
    }
  }

  has(matches: (report: Report) => boolean): boolean {
    return this.reports.some(matches);
  }

  private order(order: 'run' | 'subscribe', document: string): number {
    this.last += 1;
    this.tell({ order, id: this.last, document });
    return this.last;
  }
}

export class ClientSubscription {
  constructor(
    private readonly client: ClientProcess,
    private readonly id: number,
  ) {}

  async connected(): Promise<void> {
    await this.next('connected');
  }

  async data(): Promise<unknown> {
    const report = await this.next('data');
    return report.report === 'data' ? report.data : undefined;
  }

  async error(): Promise<string> {
    const report = await this.next('failed');
    return report.report === 'failed' ? report.error : '';
  }

  async unsubscribe(): Promise<void> {
    this.client.tell({ order: 'unsubscribe', id: this.id });
    await this.next('done');
  }

  /** Whether something came that nobody has asked for yet. */
  get hasMore(): boolean {
    return this.client.has(({ id, report }) => id === this.id && report === 'data');
  }

  private next(kind: Report['report']): Promise<Report> {
    return this.client.report(({ id, report }) => id === this.id && report === kind);
  }
}
