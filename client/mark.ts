/** The clocks of servers differ a little, and an index follows its table within moments. */
const OVERLAP_MS = 30_000;

/**
 * How far a list is known: every change that reached the view before the mark has been heard. It is a time of the
 * server's clock, as the `updatedAt` of tickets tell it: some change happened then, so the clock was at least there.
 */
export class Mark {
  private at: number;

  /** Without a time, nothing is known yet. Throws RangeError if `since` is no time. */
  constructor(since?: string | null) {
    this.at = since ? notAhead(Date.parse(new Date(since).toISOString())) : -Infinity;
  }

  /** Moves the mark forward to an `updatedAt`, or to some milliseconds before it; never backward. Ignores what is no time. */
  reach(updatedAt: string, msBefore = 0): void {
    const reached = notAhead(Date.parse(updatedAt)) - msBefore;
    this.at = reached > this.at ? reached : this.at;
  }

  /** Whether such a change should have been heard long ago. */
  isPast(updatedAt: string): boolean {
    return Date.parse(updatedAt) < this.at - OVERLAP_MS;
  }

  /** What to ask for, so that nothing is missed; undefined for everything. */
  get updatedSince(): string | undefined {
    return this.at === -Infinity ? undefined : new Date(this.at - OVERLAP_MS).toISOString();
  }
}

/**
 * A ticket can have a time in the future, such as an imported one. As the mark it would hide all changes until then. So
 * the slower clock counts, the server's or ours: with an early mark too much is read, with a late one too little.
 */
function notAhead(time: number): number {
  return Math.min(time, Date.now());
}
