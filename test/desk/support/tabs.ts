import { type Lock, lockWithin } from '../../../web/src/shared/lock';
import type { Shelf } from '../../../web/src/shared/shelf';

/** What the tabs of one browser share. */
export class FakeBrowser {
  readonly texts = new Map<string, string>();
  readonly listeners = new Set<(key: string) => void>();
  readonly locks = new Map<string, Promise<unknown>>();

  /** All that is kept under the prefix. */
  kept<T>(prefix: string): T[] {
    return [...this.texts].filter(([key]) => key.startsWith(prefix)).map(([, text]) => JSON.parse(text) as T);
  }
}

/** A tab that can be closed in the middle of anything: from then on nothing it does counts. */
export class FakeTab {
  private isClosed = false;
  private end!: () => void;
  private readonly ended = new Promise<void>((resolve) => (this.end = resolve));
  private readonly mine = new Set<(key: string) => void>();

  constructor(private readonly browser: FakeBrowser) {}

  readonly shelf: Shelf = {
    read: (key) => this.browser.texts.get(key) ?? null,
    write: (key, text) => {
      if (!this.isClosed) {
        this.browser.texts.set(key, text);
        this.tell(key);
      }
    },
    remove: (key) => {
      if (!this.isClosed) {
        this.browser.texts.delete(key);
        this.tell(key);
      }
    },
    keys: (prefix) => [...this.browser.texts.keys()].filter((key) => key.startsWith(prefix)),
    listen: (listener) => {
      this.browser.listeners.add(listener);
      this.mine.add(listener);
      return () => this.browser.listeners.delete(listener);
    },
  };

  readonly lock: Lock = <T>(name: string, act: () => T | Promise<T>) => {
    let result: T;
    const done = lockWithin(this.browser.locks)(name, async () => {
      if (!this.isClosed) {
        await Promise.race([Promise.resolve(act()).then((value) => (result = value)), this.ended]);
      }
    });
    return this.unlessClosed(done.then(() => result));
  };

  /** What comes back to a closed tab, nobody hears. */
  unlessClosed<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      promise.then(
        (value) => !this.isClosed && resolve(value),
        (error: unknown) => !this.isClosed && reject(error as Error),
      );
    });
  }

  close(): void {
    this.isClosed = true;
    this.mine.forEach((listener) => this.browser.listeners.delete(listener));
    this.end();
  }

  private tell(key: string): void {
    [...this.browser.listeners].forEach((listener) => listener(key));
  }
}
