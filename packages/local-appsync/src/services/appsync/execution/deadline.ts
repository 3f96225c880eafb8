/** The end of a request's time. Clear it once the request is answered. */
export class Deadline {
  private readonly timer: NodeJS.Timeout;
  private readonly reached: Promise<void>;
  private reach!: () => void;
  private over = false;

  constructor(milliseconds: number) {
    this.reached = new Promise((resolve) => (this.reach = resolve));
    this.timer = setTimeout(() => {
      this.over = true;
      this.reach();
    }, milliseconds);
  }

  get passed(): boolean {
    return this.over;
  }

  /** What the work resolves with, or what `late` makes when time is up before. */
  race<T>(work: Promise<T>, late: () => T): Promise<T> {
    return Promise.race([work, this.reached.then(late)]);
  }

  clear(): void {
    clearTimeout(this.timer);
  }
}
