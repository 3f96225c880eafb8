import type { Connection, Listener, Status } from '../../client/connection';
import { followTicket, type TicketNews } from '../../client/follow-ticket';

function newsOf(version: number): TicketNews {
  return { version, type: 'x', at: 'x', actor: 'x', changes: [] };
}

/** A connection that does what a test says, and a follower of a ticket over it. */
class Followed implements Connection {
  version = 3;
  /** What reads do; null: they never answer. */
  read: (() => void) | null = () => undefined;
  reads = 0;
  open = 0;
  subscribed = 0;
  listener!: Listener<unknown>;
  readonly heard: number[] = [];
  readonly statuses: [Status, string?][] = [];
  readonly stop: () => void;

  constructor(private readonly onSubscribe: (followed: Followed) => unknown = () => undefined) {
    this.stop = followTicket(this, {
      id: 'T',
      afterVersion: 0,
      next: ({ version }) => this.heard.push(version),
      status: (status, cause) => this.statuses.push(cause ? [status, (cause as Error).message] : [status]),
      wait: (retry) => 100 * 2 ** retry,
    });
  }

  async query<T>(_: string, { afterVersion }: { afterVersion?: number }): Promise<T> {
    this.reads += 1;
    if (this.read === null) {
      return new Promise(() => undefined);
    }
    this.read();
    const items = Array.from({ length: this.version - afterVersion! }, (_, i) => newsOf(afterVersion! + i + 1));
    return Promise.resolve({ ticketEvents: { items, nextToken: null } } as T);
  }

  subscribe<T>(_document: string, _variables: object, listener: Listener<T>): () => void {
    this.listener = listener;
    this.subscribed += 1;
    this.open += 1;
    this.onSubscribe(this);
    return () => (this.open -= 1);
  }

  push(version: number): void {
    this.listener.next({ onTicketChanged: newsOf(version) });
  }
}

function fail(message: string): never {
  throw new Error(message);
}

async function pass(ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
}

describe('what is followed', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  test('is live once what was missed has been read, and says why it is not', async () => {
    const followed = new Followed();
    followed.read = () => fail('HTTP 503');
    followed.listener.connected();
    await pass(50);
    followed.push(1);
    expect(followed.statuses).toEqual([['connecting'], ['disconnected', 'HTTP 503']]);
    followed.read = () => undefined;
    await pass(200);
    expect(followed.statuses.at(-1)).toEqual(['live']);
    expect(followed.heard).toEqual([1, 2, 3]);
    followed.stop();
  });

  test('is not live any more when the read after a push fails, and is again when its retry works', async () => {
    const followed = new Followed();
    followed.listener.connected();
    await pass(0);
    followed.version = 5;
    followed.read = () => fail('HTTP 503');
    followed.push(5);
    await pass(50);
    expect(followed.statuses.slice(-2)).toEqual([['live'], ['disconnected', 'HTTP 503']]);
    followed.read = () => undefined;
    await pass(200);
    expect(followed.statuses.at(-1)).toEqual(['live']);
    expect(followed.heard).toEqual([1, 2, 3, 4, 5]);
    followed.stop();
  });

  test('does not stay live when a read works after the subscription has ended', async () => {
    const followed = new Followed();
    followed.listener.connected();
    followed.listener.error(new Error('closed'));
    await pass(0);
    expect(followed.statuses).toEqual([['connecting'], ['disconnected', 'closed']]);
    expect(followed.heard).toEqual([1, 2, 3]);
    followed.stop();
  });

  test('is read again when an answer does not come', async () => {
    const followed = new Followed();
    followed.read = null;
    followed.listener.connected();
    await pass(30_000);
    expect(followed.statuses.at(-1)).toEqual(['disconnected', 'No answer within 30 s.']);
    followed.read = () => undefined;
    await pass(200);
    expect(followed.heard).toEqual([1, 2, 3]);
    followed.stop();
  });

  test('is read less and less often while the log lacks what was pushed', async () => {
    const followed = new Followed();
    followed.listener.connected();
    await pass(0);
    followed.push(9);
    await pass(60_000);
    // At once, and then 0.2, 0.4, 0.8 … s later.
    expect(followed.reads).toBe(1 + 9);
    expect(followed.statuses.at(-1)).toEqual(['disconnected', 'Version 9 was pushed, but the log has no version 4.']);
    followed.version = 9;
    await pass(60_000);
    expect(followed.heard).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(followed.statuses.at(-1)).toEqual(['live']);
    followed.stop();
  });

  test('is read again at once if a push during the read leaves another gap', async () => {
    const followed = new Followed();
    followed.listener.connected();
    followed.version = 6;
    followed.read = () => (followed.reads === 2 ? void Promise.resolve().then(() => followed.push(8)) : undefined);
    await pass(0);
    followed.version = 8;
    await pass(0);
    followed.push(8);
    await pass(0);
    expect(followed.heard).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(followed.statuses).toEqual([['connecting'], ['live']]);
    followed.stop();
  });

  test.each<[string, (followed: Followed) => void]>([
    ['fails later', ({ listener }) => void Promise.resolve().then(() => listener.error(new Error('no')))],
    ['fails at once', ({ listener }) => listener.error(new Error('no'))],
    [
      'breaks soon each time',
      ({ listener }) => {
        listener.connected();
        setTimeout(() => listener.error(new Error('no')), 1);
      },
    ],
  ])('closes each subscription that %s, and waits longer each time', async (_, onSubscribe) => {
    const followed = new Followed(onSubscribe);
    await pass(10_000);
    expect(followed.subscribed).toBe(6);
    expect(followed.open).toBe(0);
    followed.stop();
    expect(followed.open).toBe(0);
  });

  test('is subscribed to again if that throws', async () => {
    const followed = new Followed(({ subscribed }) => subscribed === 1 && fail('not signed in'));
    expect(followed.statuses).toEqual([['connecting'], ['disconnected', 'not signed in']]);
    await pass(200);
    expect(followed.subscribed).toBe(2);
    followed.stop();
  });

  test('is subscribed to soon after a break if the subscription was steady', async () => {
    const followed = new Followed();
    for (const _ of [1, 2, 3]) {
      followed.listener.connected();
      await pass(10_000);
      followed.listener.error(new Error('closed'));
      await pass(200);
    }
    expect(followed.subscribed).toBe(4);
    followed.stop();
  });

  test('is closed if the caller stops while it is subscribed to', async () => {
    const followed = new Followed(({ subscribed, stop }) => subscribed === 2 && stop());
    followed.listener.error(new Error('closed'));
    await pass(200);
    expect([followed.subscribed, followed.open]).toEqual([2, 0]);
  });
});
