/** The start was called off: what had been started is being stopped. */
export class Aborted extends Error {
  override readonly name = 'Aborted';
}

/** What has been started so far, to be stopped in the opposite order: each part may need those before it. */
export class Parts {
  private readonly ends: (() => unknown)[] = [];
  private stopping?: Promise<void>;

  /** Takes a part in by how it ends. Throws Aborted, and sees to its end, if all has been stopped meanwhile. */
  add(end: () => unknown): void {
    this.ends.push(end);
    if (this.stopping) {
      this.stopping = this.stopping.then(() => this.endAll());
      throw new Aborted('The system is being stopped.');
    }
  }

  stop(): Promise<void> {
    this.stopping ??= this.endAll();
    return this.stopping;
  }

  private async endAll(): Promise<void> {
    for (let end = this.ends.pop(); end; end = this.ends.pop()) {
      await end();
    }
  }
}
