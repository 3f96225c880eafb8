import { StartError } from '../shared/start-error';

export interface Reloading {
  /** Builds what the sources say now and puts it in place; resolves to whether anything had changed. */
  reload(): Promise<boolean>;
  log(line: string): void;
}

/** Reloads when it is asked to: one reload at a time, and one more for all that was asked meanwhile. */
export class Reloader {
  private asked = false;
  private resumed = false;
  private stopped = false;
  private working?: Promise<void>;

  /** Nothing is reloaded before `resume`. */
  constructor(private readonly reloading: Reloading) {}

  request(): void {
    this.asked = true;
    this.wake();
  }

  resume(): void {
    this.resumed = true;
    this.wake();
  }

  /** Resolves when no reload is under way any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.working;
  }

  private wake(): void {
    if (this.asked && this.resumed && !this.stopped && !this.working) {
      this.asked = false;
      this.working = this.reloadOnce().finally(() => {
        this.working = undefined;
        this.wake();
      });
    }
  }

  /** What is broken is told; what ran before goes on. */
  private async reloadOnce(): Promise<void> {
    const begun = performance.now();
    try {
      if (await this.reloading.reload()) {
        this.reloading.log(`Reloaded in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
      }
    } catch (error) {
      if (this.stopped) {
        return;
      }
      const reason = error instanceof StartError ? error.message : String((error as Error).stack ?? error);
      const block = reason.split('\n').map((line) => `│ ${line}`);
      this.reloading.log(['┌ Not reloaded; what ran before goes on.', ...block, '└'].join('\n'));
    }
  }
}
