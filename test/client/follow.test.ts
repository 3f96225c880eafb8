import fc from 'fast-check';
import type { Connection, Listener, Status } from '../../client/connection';
import { followTicket, type TicketNews } from '../../client/follow-ticket';
import { followTickets, type FollowedTicket } from '../../client/follow-tickets';

/** What may befall a client, besides that the ticket gets its next version. */
type Step = 'write' | 'write unheard' | 'push again' | 'push an old one' | 'break' | 'reconnect' | 'fail reads';
const steps = fc.array(
  fc.constantFrom<Step>('write', 'write unheard', 'push again', 'push an old one', 'break', 'reconnect', 'fail reads'),
  { maxLength: 60 },
);

function newsOf(version: number): TicketNews {
  return { version, type: 'x', at: 'x', actor: 'x', changes: [] };
}

/** A server with one ticket, and a connection to it that is as good as the steps allow. */
class Server implements Connection {
  version = 3;
  isUp = true;
  failing = 0;
  private listener?: Listener<unknown>;

  query<T>(_: string, variables: object): Promise<T> {
    const { afterVersion, nextToken } = variables as { afterVersion: number; nextToken: string | null };
    if (!this.isUp || (this.failing -= 1) >= 0) {
      return Promise.reject(new Error('down'));
    }
    const from = nextToken === null ? afterVersion : Number(nextToken);
    const to = Math.min(this.version, from + 2);
    const items = Array.from({ length: Math.max(0, to - from) }, (_, i) => newsOf(from + i + 1));
    return Promise.resolve({ ticketEvents: { items, nextToken: to < this.version ? String(to) : null } } as T);
  }

  subscribe<T>(_document: string, _variables: object, listener: Listener<T>): () => void {
    void Promise.resolve().then(() => {
      if (!this.isUp) {
        listener.error(new Error('down'));
        return;
      }
      this.listener = listener;
      listener.connected();
    });
    return () => (this.listener = undefined);
  }

  push(version: number): void {
    this.listener?.next({ onTicketChanged: newsOf(version) });
  }

  break(): void {
    this.isUp = false;
    const { listener } = this;
    this.listener = undefined;
    listener?.error(new Error('broken'));
  }

  interrupt(): void {
    this.listener?.interrupted();
  }

  /** A client that reconnects by itself, as Amplify does. */
  reconnect(): void {
    this.isUp = true;
    this.listener?.connected();
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('a follower of a ticket hears each version once and in order, whatever is lost, doubled, late or down', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 0, max: 3 }), async (steps, afterVersion) => {
      const server = new Server();
      const heard: number[] = [];
      const stop = followTicket(server, {
        id: 'T',
        afterVersion,
        next: ({ version }) => heard.push(version),
        wait: () => 0,
      });
      for (const [i, step] of steps.entries()) {
        if (step.startsWith('write')) {
          server.version += 1;
        }
        if (step === 'write' || step === 'push again') {
          server.push(server.version);
        }
        if (step === 'push an old one') {
          server.push(Math.max(1, server.version - 2));
        }
        if (step === 'break') {
          server.break();
        }
        if (step === 'reconnect') {
          server.reconnect();
        }
        if (step === 'fail reads') {
          server.failing = 2;
        }
        if (i % 3 === 0) {
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
      // In the end all is well, and one more change is heard of.
      server.failing = 0;
      server.reconnect();
      server.version += 1;
      await until(() => (server.push(server.version), heard.at(-1) === server.version));
      stop();
      expect(heard).toEqual(Array.from({ length: server.version - afterVersion }, (_, i) => afterVersion + i + 1));
    }),
    { numRuns: 500 },
  );
});

test('a follower that was stopped hears nothing more', async () => {
  const server = new Server();
  const heard: number[] = [];
  const stop = followTicket(server, {
    id: 'T',
    afterVersion: 0,
    next: ({ version }) => {
      heard.push(version);
      if (version === 2) {
        stop();
      }
    },
    wait: () => 0,
  });
  await until(() => heard.length >= 2);
  server.push(4);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(heard).toEqual([1, 2]);
});

test('the status tells of a break and of the way back', async () => {
  const server = new Server();
  const seen: Status[] = [];
  const status = (now: Status) => seen.push(now);
  const stop = followTicket(server, { id: 'T', afterVersion: 0, next: () => undefined, status, wait: () => 0 });
  await until(() => seen.includes('live'));
  server.break();
  server.isUp = true;
  await until(() => seen.length >= 5);
  server.interrupt();
  server.reconnect();
  await until(() => seen.length >= 7);
  stop();
  expect(seen).toEqual(['connecting', 'live', 'disconnected', 'connecting', 'live', 'disconnected', 'live']);
});

describe('a follower of a list', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
  const ticket = (id: string, version: number): FollowedTicket => ({ id, version, updatedAt: at(version) });

  function listServer(all: () => FollowedTicket[]) {
    const asked: Record<string, unknown>[] = [];
    let listener: Listener<unknown> | undefined;
    let isHanging = false;
    const connection: Connection = {
      query: <T>(_: string, variables: object) => {
        asked.push((variables as { filter: Record<string, unknown> }).filter);
        const answer = { tickets: { items: all(), nextToken: null } } as T;
        return isHanging ? new Promise(() => undefined) : Promise.resolve(answer);
      },
      subscribe: <T>(_document: string, _variables: object, given: Listener<T>) => {
        listener = given;
        return () => undefined;
      },
    };
    const push = (pushed: FollowedTicket) => listener!.next({ onTicketChanged: { ticket: pushed } });
    const hang = () => void (isHanging = true);
    return { connection, asked, push, hang, connect: () => listener!.connected() };
  }

  test('hears of the newest state of each ticket, once, and of none that is older', async () => {
    const server = listServer(() => [ticket('A', 2), ticket('B', 5)]);
    const heard: string[] = [];
    const next = ({ id, version }: FollowedTicket) => heard.push(`${id}${version}`);
    const stop = followTickets(server.connection, { since: at(0), fields: '', next });
    server.connect();
    server.push(ticket('A', 3));
    await until(() => heard.length === 2);
    server.push(ticket('B', 4));
    server.push(ticket('B', 6));
    server.push(ticket('B', 6));
    expect(heard).toEqual(['A3', 'B5', 'B6']);
    stop();
    server.push(ticket('B', 7));
    expect(heard).toHaveLength(3);
  });

  test('asks after a break for all that changed since the newest that it knows, and for its own requester alone', async () => {
    const server = listServer(() => []);
    const filter = { status: 'OPEN', requester: 'ann' };
    let isLive = false;
    const status = (now: Status) => (isLive = now === 'live');
    const stop = followTickets(server.connection, { filter, since: at(0), fields: '', next: () => undefined, status });
    server.connect();
    await until(() => isLive);
    server.push(ticket('A', 50));
    server.connect();
    await until(() => server.asked.length === 2);
    stop();
    expect(server.asked[1]).toEqual({ requester: 'ann', updatedSince: at(20) });
  });

  test('asks again for what came while it read, however long that took', async () => {
    jest.useFakeTimers({ now: Date.parse(at(600)) });
    const asked: (string | undefined)[] = [];
    let listener!: Listener<unknown>;
    const connection: Connection = {
      query: async <T>(_: string, variables: object) => {
        const { filter, nextToken } = variables as { filter: { updatedSince?: string }; nextToken: string | null };
        asked.push(filter.updatedSince);
        await new Promise((resolve) => setTimeout(resolve, 25_000));
        const isLast = nextToken === 'third';
        const next = nextToken === null ? 'second' : 'third';
        return { tickets: { items: isLast ? [ticket('A', 600)] : [], nextToken: isLast ? null : next } } as T;
      },
      subscribe: <T>(_document: string, _variables: object, given: Listener<T>) => {
        listener = given;
        return () => undefined;
      },
    };
    const stop = followTickets(connection, { since: at(60), fields: '', next: () => undefined });
    listener.connected();
    await jest.advanceTimersByTimeAsync(75_000);
    // Of the three pages, the first is of 75 s before the last, and 30 s are asked for twice.
    expect(asked.slice(0, 4)).toEqual([at(30), at(30), at(30), at(600 - 75 - 30)]);
    stop();
    jest.useRealTimers();
  });

  test('does not count on pushes while a read is due that has not worked', async () => {
    jest.useFakeTimers({ now: Date.parse(at(600)) });
    const server = listServer(() => []);
    let isLive = false;
    const status = (now: Status) => (isLive = now === 'live');
    const stop = followTickets(server.connection, { since: at(60), fields: '', next: () => undefined, status });
    server.connect();
    await jest.advanceTimersByTimeAsync(0);
    expect(isLive).toBe(true);
    // An index can lag behind a push, so the list is read again. That answer does not come.
    server.hang();
    await jest.advanceTimersByTimeAsync(10_000);
    server.push(ticket('A', 500));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(isLive).toBe(false);
    const since = server.asked.map(({ updatedSince }) => updatedSince);
    expect(since.length).toBeGreaterThan(2);
    expect(new Set(since)).toEqual(new Set([at(30)]));
    stop();
    jest.useRealTimers();
  });

  test('leaves no timer behind if a late push makes the caller stop', () => {
    jest.useFakeTimers({ now: Date.parse(at(600)) });
    const server = listServer(() => []);
    const stop = followTickets(server.connection, { since: at(500), fields: '', next: () => stop() });
    server.push(ticket('A', 50));
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });
});
