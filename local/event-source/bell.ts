/** Something that happens again and again; `next` resolves the next time it does. */
export class Bell {
  #resolve!: () => void;
  #next = this.#arm();

  get next(): Promise<void> {
    return this.#next;
  }

  ring(): void {
    const heard = this.#resolve;
    this.#next = this.#arm();
    heard();
  }

  #arm(): Promise<void> {
    return new Promise(resolve => (this.#resolve = resolve));
  }
}
