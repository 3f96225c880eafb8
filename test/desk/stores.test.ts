import fc from 'fast-check';
import type { Connection, Listener } from '../../client/connection';
import { historyOf } from '../../ops/histories';
import { ListStore } from '../../web/src/list-store';
import { Unreachable } from '../../web/src/shared/errors';
import { TicketStore } from '../../web/src/ticket-store';
import type { Whole } from '../../web/src/tickets';

beforeEach(() => void jest.useFakeTimers({ now: Date.parse('2026-03-01T10:00:00Z') }));
afterEach(() => void jest.useRealTimers());

const histories = Array.from({ length: 12 }, (_, n) => historyOf(7, n));

/** Tickets of which more and more is known, behind a connection that fails, lags and repeats. */
class Server implements Connection {
  /** The newest version of each ticket that has happened. */
  readonly versions = new Map(histories.map((history) => [history[0]!.ticketId, 1]));
  failing = 0;
  lagMs = 0;
  private readonly listeners = new Set<{ id?: string; listener: Listener<unknown> }>();

  async query<T>(document: string, variables: object): Promise<T> {
    await new Promise((resolve) => setTimeout(resolve, this.lagMs));
    if (this.failing > 0) {
      this.failing -= 1;
      throw new Unreachable('HTTP 503');
    }
    const { id, version, afterVersion = 0 } = variables as { id: string; version?: number; afterVersion?: number };
    if (document.includes('ticketEvents(')) {
      const items = this.events(id).filter((event) => event.version > afterVersion);
      return { ticketEvents: { items: items.slice(0, 2), nextToken: null } } as T;
    }
    if (document.includes('tickets(')) {
      const items = [...this.versions.keys()]
        .map((id) => this.events(id).at(-1)!.ticket)
        .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
      return { tickets: { items, nextToken: null }, newest: { items: items.slice(0, 1) } } as T;
    }
    return { ticket: this.events(id).find((event) => event.version === version)?.ticket ?? null } as T;
  }

  subscribe<T>(_document: string, variables: object, listener: Listener<T>): () => void {
    const one = { id: (variables as { id?: string }).id, listener: listener as Listener<unknown> };
    void Promise.resolve().then(() => {
      this.listeners.add(one);
      listener.connected();
    });
    return () => this.listeners.delete(one);
  }

  happen(id: string, isHeard: boolean): void {
    const version = Math.min(this.versions.get(id)! + 1, historyFor(id).length);
    this.versions.set(id, version);
    if (isHeard) {
      this.push(id, version);
    }
  }

  /** Again, or an old one. */
  push(id: string, version: number): void {
    const { ticket } = historyFor(id)[version - 1]!;
    const news = { id, version, type: 'x', at: 'x', actor: 'x', changes: [], ticket };
    [...this.listeners]
      .filter((one) => one.id === undefined || one.id === id)
      .forEach(({ listener }) => listener.next({ onTicketChanged: news }));
  }

  private events(id: string) {
    return historyFor(id).slice(0, this.versions.get(id));
  }
}

function historyFor(id: string) {
  return histories.find((history) => history[0]!.ticketId === id)!;
}

type Step = { what: 'happen' | 'happen unheard' | 'repeat' | 'fail' | 'lag' | 'time'; ticket: number };
const steps = fc.array(
  fc.record<Step>({
    what: fc.constantFrom('happen', 'happen unheard', 'repeat', 'fail', 'lag', 'time'),
    ticket: fc.nat(histories.length - 1),
  }),
  { maxLength: 40 },
);

async function run(server: Server, steps: Step[]): Promise<void> {
  for (const { what, ticket } of steps) {
    const id = histories[ticket]![0]!.ticketId;
    switch (what) {
      case 'happen':
      case 'happen unheard':
        server.happen(id, what === 'happen');
        break;
      case 'repeat':
        server.push(id, 1 + (ticket % server.versions.get(id)!));
        break;
      case 'fail':
        server.failing += 2;
        break;
      case 'lag':
        server.lagMs = server.lagMs === 0 ? 300 : 0;
        break;
      case 'time':
        await jest.advanceTimersByTimeAsync(200);
    }
  }
  server.failing = 0;
  // What was pushed last is heard: what came before it unheard is found with it.
  server.versions.forEach((version, id) => server.push(id, version));
  await jest.advanceTimersByTimeAsync(120_000);
}

test('a ticket is shown as it is at last, with its whole history, whatever fails, lags or comes twice', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const server = new Server();
      const id = histories[0]![0]!.ticketId;
      const store = new TicketStore(server, id);
      store.start();
      await run(
        server,
        steps.map((step) => ({ ...step, ticket: 0 })),
      );
      const { ticket, events, error } = store.state();
      store.stop();
      const version = server.versions.get(id)!;
      expect(error).toBeUndefined();
      expect(events.map((event) => event.version)).toEqual(Array.from({ length: version }, (_, i) => i + 1));
      expect(ticket).toMatchObject({ version });
    }),
  );
});

test('a list shows the newest of each ticket, in order and once, whatever fails, lags or comes twice', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const server = new Server();
      const store = new ListStore(server, {}, 'DESC');
      store.start();
      await run(server, steps);
      const { tickets, error } = store.state();
      store.stop();
      expect(error).toBeUndefined();
      const newest = [...server.versions].map(([id, version]) => historyFor(id)[version - 1]!.ticket);
      const inOrder = newest.sort((a, b) => (`${a.updatedAt}#${a.id}` < `${b.updatedAt}#${b.id}` ? 1 : -1));
      expect(tickets.map(({ id, version }) => [id, version])).toEqual(inOrder.map(({ id, version }) => [id, version]));
    }),
  );
});

test('a list says that it could not be read, tries again, and takes a ticket that is known otherwise', async () => {
  const server = new Server();
  server.failing = 3;
  const store = new ListStore(server, {}, 'DESC');
  store.start();
  await jest.advanceTimersByTimeAsync(100);
  expect(store.state().error).toContain('does not answer');
  await jest.advanceTimersByTimeAsync(60_000);
  expect(store.state()).toMatchObject({ error: undefined, hasMore: false });
  const opened: Whole = { ...histories[0]![0]!.ticket, id: 'new', updatedAt: '2030-01-01T00:00:00.000Z' };
  store.place(opened);
  expect(store.state().tickets[0]).toEqual(opened);
  store.stop();
});
