import type { TicketEventPage } from '../../generated/schema';
import { commentRow } from '../../domain/view';
import type { StoredEvent } from '../../domain/upcast';
import eventsOfSchema1 from '../domain/events-of-schema-1.json';
import { comment, create, happened, update } from '../domain/specification';
import { describeEachEngine } from '../support/engines';
import { Bed, CALLS } from '../support/bed';

// A JVM beside other tests is slow, which is no failure.
jest.setTimeout(60_000);

const events = happened([
  create(),
  comment({ body: 'One', actor: 'bob' }),
  update({ title: 'Two' }),
  comment({ body: 'Two' }),
  comment({ body: 'Three' }),
]);
const [, , third, , head] = events;

describeEachEngine('reading a history of five events', (engine) => {
  let bed: Bed;
  beforeAll(async () => {
    bed = await Bed.start(engine);
    await bed.store(events);
    await bed.store(eventsOfSchema1.map((event) => ({ ...event, ticketId: 'Old' }) as StoredEvent));
    await bed.store([{ ...events[0]!, ticketId: 'Young' }]);
    for (const row of events.map(commentRow).filter((row) => row !== null)) {
      await bed.show(row);
    }
  });
  beforeEach(() => void (bed.calls.length = 0));
  afterAll(() => bed?.stop());

  const after = (args: Record<string, unknown>) =>
    bed.run('Query.ticketEvents', 'events', ['readEvents', 'ticketExists'], {
      id: 'T1',
      limit: 20,
      ...args,
    }) as Promise<TicketEventPage | null>;
  const versions = (page: TicketEventPage | null) => page && page.items.map(({ version }) => version);

  test.each([
    [undefined, [1, 2, 3, 4, 5]],
    [null, [1, 2, 3, 4, 5]],
    [-1, [1, 2, 3, 4, 5]],
    [0, [1, 2, 3, 4, 5]],
    [1, [2, 3, 4, 5]],
    [4, [5]],
    [5, []],
  ])('those after version %s are found with one read', async (afterVersion, expected) => {
    const page = await after({ afterVersion });
    expect(versions(page)).toEqual(expected);
    expect(page!.nextToken).toBeNull();
    expect(bed.calls).toEqual([expect.objectContaining({ operation: 'QueryCommand', strong: true })]);
  });

  test('after a version that is yet to come there are none, but there is a ticket', async () => {
    expect(await after({ afterVersion: 6 })).toEqual({ items: [], nextToken: null });
    expect(await after({ id: 'Young', afterVersion: 2 })).toEqual({ items: [], nextToken: null });
  });

  test('of a ticket that does not exist there is none, whatever the version', async () => {
    expect(await after({ id: 'nobody' })).toBeNull();
    expect(await after({ id: 'nobody', afterVersion: 0 })).toBeNull();
    expect(await after({ id: 'nobody', afterVersion: 1 })).toBeNull();
    expect(bed.calls).toHaveLength(3);
    expect(await after({ id: 'nobody', afterVersion: 2 })).toBeNull();
    expect(bed.calls).toHaveLength(5);
  });

  test.each([undefined, 0, 1, 2, 3, 4, 5])(
    'pages of every size hold all after version %s once, and no page more than was asked for',
    async (afterVersion) => {
      for (const limit of [1, 2, 3, 4, 5, 100]) {
        const found: number[] = [];
        let nextToken: string | null | undefined = null;
        do {
          const page: TicketEventPage | null = await after({ afterVersion, limit, nextToken });
          expect(page!.items.length).toBeLessThanOrEqual(limit);
          found.push(...versions(page)!);
          nextToken = page!.nextToken;
        } while (nextToken);
        expect(found).toEqual([1, 2, 3, 4, 5].slice(afterVersion ?? 0));
      }
    },
  );

  describe('a token', () => {
    const nested = (field: 'events' | 'comments', nextToken: string | null, source: object = head!.ticket) =>
      bed.run(
        `Ticket.${field}`,
        field === 'events' ? 'events' : 'view',
        [],
        { limit: 1, nextToken },
        source,
      ) as Promise<{
        items: { version: number }[];
        nextToken: string | null;
      }>;
    const REFUSED = { errorType: 'ValidationError', errorInfo: { field: 'nextToken' } };

    test.each([
      ['events', [1, 2, 3, 4, 5]],
      ['comments', [2, 4, 5]],
    ] as const)('leads on through the %s of a ticket, and through those as of an older version', async (field, all) => {
      for (const { ticket } of [head!, third!]) {
        const found: number[] = [];
        let nextToken: string | null = null;
        do {
          const page = await nested(field, nextToken, ticket);
          found.push(...page.items.map(({ version }) => version));
          nextToken = page.nextToken;
        } while (nextToken);
        expect(found).toEqual(all.filter((version) => version <= ticket.version));
      }
      const { nextToken } = await nested(field, null);
      const later = await nested(field, nextToken);
      expect(await nested(field, later.nextToken, events[0]!.ticket)).toEqual({ items: [], nextToken: null });
    });

    test('is good for its own query and its own ticket alone', async () => {
      const tokens = {
        ticketEvents: (await after({ limit: 1 }))!.nextToken!,
        events: (await nested('events', null)).nextToken!,
        comments: (await nested('comments', null)).nextToken!,
      };
      const young = { ...head!.ticket, id: 'Young' };
      for (const [query, token] of Object.entries(tokens)) {
        if (query === 'ticketEvents') {
          expect(versions(await after({ limit: 1, nextToken: token }))).toEqual([2]);
        } else {
          await expect(after({ nextToken: token })).rejects.toMatchObject(REFUSED);
        }
        await expect(after({ id: 'Young', nextToken: token })).rejects.toMatchObject(REFUSED);
        for (const field of ['events', 'comments'] as const) {
          if (query !== field) {
            await expect(nested(field, token)).rejects.toMatchObject(REFUSED);
          }
          await expect(nested(field, token, young)).rejects.toMatchObject(REFUSED);
        }
      }
    });

    test.each(['guessed', '', 'eyJ2ZXJzaW9uIjozfQ==', Buffer.from('["ticketEvents","T1"]\n1e3').toString('base64')])(
      'that is none is refused: %s',
      async (nextToken) => {
        await expect(after({ nextToken })).rejects.toMatchObject(REFUSED);
      },
    );
  });

  test('a comment shows what was said, and no changes', async () => {
    const page = await after({ afterVersion: 1, limit: 2 });
    expect(page!.items).toMatchObject([
      { type: 'TicketCommented', actor: 'bob', comment: 'One', changes: [] },
      { type: 'TicketUpdated', comment: null, changes: [{ field: 'title', to: 'Two' }] },
    ]);
  });

  test('the ticket as of a version is one read of the log', async () => {
    const asOf = (version: number, id = 'T1') =>
      bed.run('Query.ticket', 'events', ['readView', 'readVersion'], { id, version });
    expect(await asOf(3)).toEqual(third!.ticket);
    expect(bed.calls).toEqual([expect.objectContaining({ operation: 'GetItemCommand', strong: true })]);
    for (const version of [-1, 0, 6]) {
      expect(await asOf(version)).toBeNull();
    }
    expect(await asOf(1, 'nobody')).toBeNull();
    expect(await asOf(2, 'Old')).toMatchObject({ title: 'Printer out', commentCount: 0 });
  });

  test('events of an older schema are shown as those of today', async () => {
    expect((await after({ id: 'Old' }))!.items).toMatchObject([
      { comment: null },
      { changes: [{ field: 'title' }, { field: 'tags' }] },
    ]);
  });

  test('a ticket has the events and the comments up to its version', async () => {
    const eventsOf = (ticket: unknown, args = {}) =>
      bed.run('Ticket.events', 'events', [], { limit: 20, ...args }, ticket) as Promise<TicketEventPage>;
    const commentsOf = (ticket: unknown, args = {}) =>
      bed.run('Ticket.comments', 'view', [], { limit: 20, ...args }, ticket) as Promise<TicketEventPage>;

    expect(versions(await eventsOf(head!.ticket))).toEqual([1, 2, 3, 4, 5]);
    expect(versions(await eventsOf(third!.ticket))).toEqual([1, 2, 3]);
    expect(versions(await eventsOf(head!.ticket, { afterVersion: 3 }))).toEqual([4, 5]);
    expect(versions(await eventsOf(third!.ticket, { afterVersion: 3 }))).toEqual([]);
    expect(versions(await eventsOf(third!.ticket, { afterVersion: 9 }))).toEqual([]);

    expect((await commentsOf(head!.ticket)).items).toMatchObject([
      { version: 2, author: 'bob', body: 'One' },
      { version: 4, author: 'alice', body: 'Two' },
      { version: 5, author: 'alice', body: 'Three' },
    ]);
    expect(versions(await commentsOf(third!.ticket))).toEqual([2]);
    expect(versions(await commentsOf(events[0]!.ticket))).toEqual([]);
    const first = await commentsOf(head!.ticket, { limit: 2 });
    const second = await commentsOf(head!.ticket, { limit: 2, nextToken: first.nextToken });
    expect([...versions(first)!, ...versions(second)!]).toEqual([2, 4, 5]);
  });

  test.each([
    ['Ticket.events', 'events'],
    ['Ticket.comments', 'view'],
  ] as const)('%s refuses a page of none, also where there would be nothing to show', async (field, table) => {
    const page = bed.run(field, table, [], { limit: 0, afterVersion: 9 }, head!.ticket);
    await expect(page).rejects.toMatchObject({ errorType: 'ValidationError', errorInfo: { field: 'limit' } });
  });
});

describeEachEngine('a head of an older schema', (engine) => {
  let bed: Bed;
  beforeAll(async () => (bed = await Bed.start(engine)));
  afterAll(() => bed?.stop());

  test('is decided on, and followed by an event of today', async () => {
    await bed.store(eventsOfSchema1 as StoredEvent[]);
    const input = { id: 'T1', body: 'Still warm' };
    const ticket = await bed.run('Mutation.addComment', 'events', CALLS, { input });
    expect(ticket).toMatchObject({ version: 3, title: 'Printer out', commentCount: 1 });
  });
});
