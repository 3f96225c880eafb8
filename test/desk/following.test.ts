import type { Connection, Listener } from '../../client/connection';
import { ListStore } from '../../web/src/list-store';
import { TicketStore } from '../../web/src/ticket-store';
import type { Event, Listed, Whole } from '../../web/src/tickets';

const NOW = Date.UTC(2026, 0, 1);

function at(second: number): string {
  return new Date(NOW + second * 1_000).toISOString();
}

function ticket(id: string, version: number, second: number, status: Listed['status'] = 'OPEN'): Whole {
  return {
    ...{ id, version, title: id, description: null, status, priority: 'LOW' as const, tags: [], assignee: null },
    ...{ requester: 'ann', commentCount: 0, noteCount: 0, createdAt: at(0), updatedAt: at(second) },
  };
}

/** An API whose answers a test holds back, and fails. */
class Api implements Connection {
  readonly asked: { document: string; variables: Record<string, unknown> }[] = [];
  listener?: Listener<unknown>;

  constructor(public answer: (document: string, variables: Record<string, unknown>) => unknown) {}

  async query<T>(document: string, variables: object): Promise<T> {
    const asked = variables as Record<string, unknown>;
    this.asked.push({ document, variables: asked });
    return (await this.answer(document, asked)) as T;
  }

  subscribe<T>(_document: string, _variables: object, listener: Listener<T>): () => void {
    this.listener = listener;
    return () => (this.listener = undefined);
  }

  push(pushed: Whole): void {
    const news: Event = { version: pushed.version, type: 'x', at: 'x', actor: 'x', changes: [] };
    this.listener!.next({ onTicketChanged: { ...news, ticket: pushed } });
  }
}

function down(): never {
  throw new Error('down');
}

const unhandled = jest.fn();
beforeAll(() => process.on('unhandledRejection', unhandled));
beforeEach(() => jest.useFakeTimers({ now: NOW, doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }));
afterEach(async () => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).not.toHaveBeenCalled();
});
afterAll(() => process.off('unhandledRejection', unhandled));

describe('the store of a list', () => {
  const page = (items: Listed[], nextToken: string | null = null, newest?: string) => ({
    tickets: { items, nextToken },
    newest: { items: newest === undefined ? [] : [{ updatedAt: newest }] },
  });

  test('follows from the newest change that the server knows, wherever it is and whatever the clock here says', async () => {
    jest.setSystemTime(NOW + 3_600_000);
    const api = new Api(() => page([ticket('A', 1, -86_400)], null, at(0)));
    const store = new ListStore(api, { status: 'OPEN' }, 'ASC');
    store.start();
    await jest.advanceTimersByTimeAsync(0);
    api.listener!.connected();
    await jest.advanceTimersByTimeAsync(0);
    expect(api.asked[1]!.variables).toMatchObject({ filter: { updatedSince: at(-30) } });
    expect(store.state().connection).toBe('live');
    store.stop();
  });

  test('shows a ticket that reached the view late in a list of what changed since, read or pushed', async () => {
    const [early, late, tooEarly] = [ticket('A', 1, 10), ticket('Late', 1, -7200), ticket('Before', 1, -30)];
    const api = new Api(() => page([early, late], null, at(10)));
    const store = new ListStore(api, { updatedSince: at(0) }, 'DESC');
    store.start();
    await jest.advanceTimersByTimeAsync(0);
    const shown = () => store.state().tickets.map(({ id }) => id);
    expect(shown()).toEqual(['A', 'Late']);
    api.push(ticket('Later', 1, -3600));
    api.push(tooEarly);
    expect(shown()).toEqual(['A', 'Later', 'Late']);
    // Opened in the pane, and not told of as a change.
    store.place(ticket('Opened', 1, -3600));
    api.push(ticket('Later', 2, -3599, 'CLOSED'));
    expect(shown()).toEqual(['A', 'Later', 'Late']);
    store.stop();
  });

  test('follows from the beginning if there is no ticket yet', async () => {
    const api = new Api(() => page([]));
    const store = new ListStore(api, {}, 'DESC');
    store.start();
    await jest.advanceTimersByTimeAsync(0);
    api.listener!.connected();
    await jest.advanceTimersByTimeAsync(0);
    expect(api.asked[1]!.variables).toEqual({ filter: {}, nextToken: null });
    store.stop();
  });

  test('reads the first page until it has it, and then follows', async () => {
    const api = new Api(down);
    const store = new ListStore(api, {}, 'DESC');
    store.start();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(store.state()).toMatchObject({ connection: 'disconnected', error: expect.any(String) as string });
    expect(api.listener).toBeUndefined();
    api.answer = () => page([ticket('A', 1, 0)], null, at(0));
    await jest.advanceTimersByTimeAsync(15_000);
    expect(store.state()).toMatchObject({ tickets: [ticket('A', 1, 0)], error: undefined });
    expect(api.listener).toBeDefined();
    store.stop();
  });

  test('is not followed if it was stopped during the first page', async () => {
    const api = new Api(() => page([], null, at(0)));
    const store = new ListStore(api, {}, 'DESC');
    store.start();
    store.stop();
    await jest.advanceTimersByTimeAsync(0);
    expect(api.listener).toBeUndefined();
  });

  test('does not bring back a ticket that has left, by a page from before', async () => {
    const api = new Api(() => page([ticket('A', 1, -1)], 'more', at(-1)));
    const store = new ListStore(api, { status: 'OPEN' }, 'DESC');
    store.start();
    await jest.advanceTimersByTimeAsync(0);
    let arrive!: (page: unknown) => void;
    api.answer = () => new Promise((resolve) => (arrive = resolve));
    const loading = store.loadMore();
    api.push(ticket('B', 2, 1, 'CLOSED'));
    arrive(page([ticket('B', 1, -2), ticket('C', 1, -3)]));
    await loading;
    expect(store.state().tickets.map(({ id }) => id)).toEqual(['A', 'C']);
    store.stop();
  });
});

describe('the store of a ticket', () => {
  test('reads again what it could not read after a push, and is not live meanwhile', async () => {
    let version = 1;
    const works = (document: string, { afterVersion = 0 }: Record<string, unknown>) =>
      document.includes('AsOf')
        ? { ticket: ticket('T', version, version) }
        : {
            ticketEvents: {
              items: Array.from({ length: version - Number(afterVersion) }, (_, i) => ({
                version: Number(afterVersion) + i + 1,
              })),
              nextToken: null,
            },
          };
    const api = new Api(works);
    const store = new TicketStore(api, 'T');
    store.start();
    await jest.advanceTimersByTimeAsync(0);
    api.listener!.connected();
    await jest.advanceTimersByTimeAsync(0);
    expect(store.state()).toMatchObject({ phase: 'ready', connection: 'live' });

    version = 2;
    api.answer = down;
    api.push(ticket('T', 2, 2));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(store.state()).toMatchObject({ connection: 'disconnected', ticket: { version: 1 } });
    api.answer = works;
    await jest.advanceTimersByTimeAsync(15_000);
    expect(store.state()).toMatchObject({ connection: 'live', ticket: { version: 2 }, events: { length: 2 } });
    store.stop();
  });

  test('reads the ticket until it has it, and then follows', async () => {
    const api = new Api(down);
    const store = new TicketStore(api, 'T');
    store.start();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(store.state()).toMatchObject({ phase: 'loading', error: expect.any(String) as string });
    api.answer = (document) =>
      document.includes('AsOf')
        ? { ticket: ticket('T', 1, 0) }
        : { ticketEvents: { items: [{ version: 1 }], nextToken: null } };
    store.retry();
    await jest.advanceTimersByTimeAsync(0);
    expect(store.state()).toMatchObject({ phase: 'ready', ticket: { version: 1 } });
    expect(api.listener).toBeDefined();
    store.stop();
    await jest.advanceTimersByTimeAsync(15_000);
  });
});
