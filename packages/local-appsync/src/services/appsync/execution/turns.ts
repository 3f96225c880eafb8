import Queue from 'yocto-queue';

/** How long resolver code may run before other events of the process are looked at, in milliseconds. */
const SLICE_MS = 5;

/** How many go on at once in a slice: they take their time only after all of them have asked. */
const AT_ONCE = 16;

/**
 * Shares the thread that runs resolver code. A request that finds the thread free goes on at once. Once a slice of time is
 * used up, each waits in the line of its request; the lines take turns, and between two slices the process hears of
 * other requests.
 */
export class Turns {
  /** When the running slice ends, by `now`. Undefined before the first turn since the process looked at other events. */
  private sliceEnd: number | undefined;
  /** The lines in which somebody waits. */
  private readonly ring: Line[] = [];
  private scheduled = false;
  private wentOn = 0;

  constructor(private readonly now = () => performance.now()) {}

  /** The line of one request. */
  line(): Line {
    return new Line(this);
  }

  /** Whether the caller may go on at once. */
  takeFree(): boolean {
    const isFree = this.ring.length === 0 && this.hasTime() && this.wentOn < AT_ONCE;
    this.wentOn += isFree ? 1 : 0;
    return isFree;
  }

  /** Lets the first of a line go on when it is the line's turn. */
  enqueue(line: Line): void {
    this.ring.push(line);
    this.schedule();
  }

  private hasTime(): boolean {
    if (this.sliceEnd === undefined) {
      this.sliceEnd = this.now() + SLICE_MS;
      this.wentOn = 0;
      this.schedule();
    }
    return this.now() < this.sliceEnd;
  }

  private schedule(): void {
    if (!this.scheduled) {
      this.scheduled = true;
      setImmediate(() => {
        this.scheduled = false;
        this.sliceEnd = undefined;
        this.next();
      });
    }
  }

  private readonly next = (): void => {
    const line = this.ring.shift();
    if (!line) {
      return;
    }
    if (!this.hasTime()) {
      this.ring.unshift(line);
      this.schedule();
      return;
    }
    line.release();
    if (line.isWaiting) {
      this.ring.push(line);
    }
    // After all that follows from it: the microtasks.
    queueMicrotask(() => process.nextTick(this.next));
  };
}

/** Of one request: its resolvers, in the order in which they came. */
export class Line {
  private readonly waiting = new Queue<() => void>();

  constructor(private readonly turns: Turns) {}

  get isWaiting(): boolean {
    return this.waiting.size > 0;
  }

  /** Resolves when it is the caller's turn; undefined if it is now. */
  turn(): Promise<void> | undefined {
    if (this.turns.takeFree()) {
      return undefined;
    }
    return new Promise((resolve) => {
      this.waiting.enqueue(resolve);
      if (this.waiting.size === 1) {
        this.turns.enqueue(this);
      }
    });
  }

  release(): void {
    this.waiting.dequeue()!();
  }
}

/** All requests share one thread. */
export const TURNS = new Turns();
