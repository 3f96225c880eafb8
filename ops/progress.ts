import { SingleBar } from 'cli-progress';
import type { Progress } from './scan';

/** A bar on stderr while there is somebody to see it, gone when the work is done. */
export class Bar {
  private readonly bar: SingleBar;
  private started = false;

  constructor(
    what: string,
    private readonly isShown = process.stderr.isTTY === true,
  ) {
    this.bar = new SingleBar({
      format: `${what} {bar} {percentage}% · {duration_formatted}, {eta_formatted} to go`,
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    });
  }

  readonly update: Progress = (done, total) => {
    if (!this.isShown) {
      return;
    }
    if (!this.started) {
      this.started = true;
      this.bar.start(total, 0);
    }
    this.bar.update(done);
  };

  stop(): void {
    if (this.started) {
      this.bar.stop();
    }
  }
}
