import { WebSocket } from 'ws';
import { eventually } from '../support/eventually';
import { type Answer, CHANGED, CREATE, EVENTS, post, TICKET, TICKETS, UPDATE } from '../support/http';
import { Subscriber } from '../support/subscriber';
import { describeEachEngine } from '../support/engines';
import { Inside } from '../support/inside';

interface Listed {
  tickets: { items: { id: string; version: number; updatedAt: string }[]; nextToken: string | null };
}

describeEachEngine('the whole loop', (engine) => {
  let system: Inside;
  beforeAll(async () => (system = await Inside.start({ engine })));
  afterAll(() => system.stop());

  const run = (query: string, variables?: Record<string, unknown>) => post(system.graphqlUrl, query, variables);
  const create = async (input: Record<string, unknown>) => (await run(CREATE, { input })).data.createTicket;
  const viewed = (id: string, version: number) =>
    eventually(
      () => run(TICKET, { id }),
      ({ data }) => data.ticket?.version === version,
    );

  test('a created ticket is answered at once, and shows in the view and in the list', async () => {
    const ticket = await create({ title: 'Printer on fire', tags: ['Hot'] });
    expect(ticket).toEqual({ id: expect.any(String), version: 1, title: 'Printer on fire', status: 'OPEN' });
    await viewed(ticket.id, 1);
    const { data } = await run(TICKETS, { limit: 1 });
    expect(data.tickets.items).toEqual([expect.objectContaining({ id: ticket.id, version: 1 })]);
  });

  test('an update answers with the next version; a stale expectedVersion with the current one', async () => {
    const { id } = await create({ title: 'Old' });
    const updated = await run(UPDATE, { input: { id, title: 'New', expectedVersion: 1 } });
    expect(updated).toEqual({ data: { updateTicket: { id, version: 2, title: 'New', status: 'OPEN' } } });

    const stale = await run(UPDATE, { input: { id, title: 'Newer', expectedVersion: 1 } });
    expect(stale.data).toEqual({ updateTicket: null });
    expect(stale.errors).toEqual([
      {
        path: ['updateTicket'],
        data: null,
        errorType: 'VersionConflict',
        errorInfo: { currentVersion: 2 },
        locations: [{ line: 1, column: 47, sourceName: null }],
        message: expect.stringContaining('version 2') as string,
      },
    ]);
  });

  test('what does not exist is null to a query and TicketNotFound to a mutation', async () => {
    expect(await run(TICKET, { id: 'nobody' })).toEqual({ data: { ticket: null } });
    expect(await run(EVENTS, { id: 'nobody' })).toEqual({ data: { ticketEvents: null } });
    const { errors } = await run(UPDATE, { input: { id: 'nobody', title: 'x' } });
    expect(errors).toEqual([expect.objectContaining({ errorType: 'TicketNotFound', errorInfo: null })]);
  });

  test('the history tells each change with what was before and after', async () => {
    const { id } = await create({ title: 'Old', tags: ['a', 'b'] });
    await run(UPDATE, { input: { id, title: 'New', addTags: ['c'], removeTags: ['a'], reason: 'because' } });
    const first = await run(EVENTS, { id, limit: 1 });
    const second = await run(EVENTS, { id, limit: 1, nextToken: first.data.ticketEvents!.nextToken });
    expect([...first.data.ticketEvents!.items, ...second.data.ticketEvents!.items]).toEqual([
      {
        version: 1,
        type: 'TicketCreated',
        at: expect.any(String),
        actor: 'api key',
        reason: null,
        changes: [
          { field: 'title', from: null, to: '"Old"' },
          { field: 'status', from: null, to: '"OPEN"' },
          { field: 'priority', from: null, to: '"MEDIUM"' },
          { field: 'tags', from: null, to: '["a","b"]' },
        ],
      },
      {
        version: 2,
        type: 'TicketUpdated',
        at: expect.any(String),
        actor: 'api key',
        reason: 'because',
        changes: [
          { field: 'title', from: '"Old"', to: '"New"' },
          { field: 'tags', from: '["a","b"]', to: '["b","c"]' },
        ],
      },
    ]);
  });

  test('the list pages through every ticket once, by latest change', async () => {
    const made = await Promise.all(Array.from({ length: 25 }, (_, i) => create({ title: `Listed ${i}` })));
    await Promise.all(made.map(({ id }) => viewed(id, 1)));
    for (const order of ['DESC', 'ASC']) {
      const listed: Listed['tickets']['items'] = [];
      let nextToken: string | null = null;
      do {
        const page: Answer<Listed> = await post(system.graphqlUrl, TICKETS, { order, limit: 7, nextToken });
        listed.push(...page.data.tickets.items);
        nextToken = page.data.tickets.nextToken;
      } while (nextToken !== null);
      const times = listed.map(({ updatedAt }) => updatedAt);
      expect(times).toEqual([...times].sort((a, b) => (order === 'ASC' ? 1 : -1) * a.localeCompare(b)));
      const ids = listed.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
    }
  });

  test('a list gives each ticket the description of its version', async () => {
    const { id } = await create({ title: 'Described', description: 'At length', assignee: 'lister' });
    const { id: other } = await create({ title: 'Not described', assignee: 'lister' });
    await viewed(id, 1);
    await viewed(other, 1);
    const query = `{ tickets(filter: { assignee: "lister" }, order: ASC) { items { id description } } }`;
    expect(await run(query)).toEqual({
      data: {
        tickets: {
          items: expect.arrayContaining([
            { id, description: 'At length' },
            { id: other, description: null },
          ]) as unknown,
        },
      },
    });
  });

  test.each([0, 101, -1])('a page of %i is refused', async (limit) => {
    const { errors } = await run(TICKETS, { limit });
    expect(errors).toEqual([
      expect.objectContaining({
        errorType: 'ValidationError',
        errorInfo: { field: 'limit', rule: 'must be 1 to 100' },
      }),
    ]);
  });

  test('32 concurrent updates get contiguous versions or a typed conflict each, and nothing else', async () => {
    const { id } = await create({ title: 'Contested' });
    const answers = await Promise.all(
      Array.from({ length: 32 }, (_, i) => run(UPDATE, { input: { id, title: `Writer ${i}` } })),
    );
    const versions = answers.flatMap(({ data, errors }) => (errors ? [] : [data.updateTicket.version]));
    const conflicts = answers.flatMap(({ errors }) => errors ?? []);
    expect(versions.length + conflicts.length).toBe(32);
    expect(versions.sort((a, b) => a - b)).toEqual(versions.map((_, i) => i + 2));
    expect(versions.length).toBeGreaterThan(0);
    for (const conflict of conflicts) {
      expect(conflict).toMatchObject({
        errorType: 'VersionConflict',
        errorInfo: { currentVersion: expect.any(Number) },
      });
    }

    const { data } = await run(EVENTS, { id, limit: 100 });
    const events = data.ticketEvents!.items;
    expect(events.map(({ version }) => version)).toEqual([1, ...versions]);
    const titles = answers.filter(({ errors }) => !errors).map((answer) => answer.data.updateTicket);
    for (const { version, title } of titles) {
      expect(events[version - 1]!.changes).toEqual([expect.objectContaining({ to: JSON.stringify(title) })]);
    }
    await viewed(id, versions.length + 1);
  });

  test('publishTicketChange is refused to clients', async () => {
    const change = {
      id: 'x',
      version: 1,
      type: 'x',
      at: '2026-01-01T00:00:00Z',
      actor: 'x',
      status: 'OPEN',
      requester: 'x',
    };
    const ticket = {
      id: 'x',
      version: 1,
      title: 'x',
      status: 'OPEN',
      priority: 'LOW',
      tags: [],
      requester: 'x',
      commentCount: 0,
    };
    const times = { createdAt: change.at, updatedAt: change.at };
    const { data, errors } = await run(
      'mutation P($c: TicketChangeInput!) { publishTicketChange(change: $c) { id } }',
      {
        c: { ...change, changes: [], ticket: { ...ticket, ...times } },
      },
    );
    expect(data).toEqual({ publishTicketChange: null });
    expect(errors).toEqual([
      expect.objectContaining({
        errorType: 'Unauthorized',
        message: 'Not Authorized to access publishTicketChange on type Mutation',
      }),
    ]);
  });

  test('a subscriber without an id hears of every ticket, in the order of its versions', async () => {
    const subscriber = await Subscriber.connect(system, WebSocket);
    const heard = await subscriber.start<{ onTicketChanged: { id: string; version: number } }>(CHANGED);
    const { id } = await create({ title: 'One' });
    await run(UPDATE, { input: { id, title: 'Two' } });
    await run(UPDATE, { input: { id, title: 'Three', status: 'CLOSED' } });
    const mine = await heard.until(({ onTicketChanged }) => onTicketChanged.id === id && onTicketChanged.version === 3);
    const changes = mine.map(({ onTicketChanged }) => onTicketChanged).filter((change) => change.id === id);
    expect(changes.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(changes[2]).toMatchObject({ status: 'CLOSED', previousStatus: 'OPEN', ticket: { title: 'Three' } });
    subscriber.close();
  });
});
