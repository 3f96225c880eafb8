import fc from 'fast-check';
import { isListed, MOST_READS, type TicketFilter } from '../../domain/listing';
import type { Ticket } from '../../domain/ticket';
import { INDEXES, lateRow, type TicketRow, ticketRow } from '../../domain/view';
import { Bed, CALLS } from '../support/bed';
import { describeEachEngine } from '../support/engines';

const STEPS = Array<string>(MOST_READS).fill('readList');
const BEGIN = Date.parse('2026-01-01T00:00:00.000Z');

function at(minute: number) {
  return new Date(BEGIN + minute * 60_000).toISOString();
}

/** Few values each, so that filters meet several tickets, and times that are often the same. */
const fields = {
  title: fc.constantFrom('Printer on fire', 'VPN down', 'The printer again', 'ÄRGER'),
  status: fc.constantFrom('OPEN', 'IN_PROGRESS', 'CLOSED'),
  priority: fc.constantFrom('LOW', 'HIGH'),
  assignee: fc.constantFrom('bob', 'carol', null),
  requester: fc.constantFrom('ann', 'dan', 'bob'),
} as const;
const ticket = fc.record({
  ...fields,
  tags: fc.subarray(['hardware', 'vpn', 'urgent']),
  minute: fc.nat(40),
  /** Minutes on the way to the view, if it took that long. */
  delay: fc.constantFrom(undefined, undefined, 1, 2, 30),
});
const filter = fc.record(
  {
    status: fields.status,
    assignee: fields.assignee,
    requester: fields.requester,
    priority: fields.priority,
    tag: fc.constantFrom('vpn', ' Hardware ', 'nobody has this'),
    titleContains: fc.constantFrom('printer', 'PRINT', 'ärger', '%'),
    updatedSince: fc.nat(45).map(at),
  },
  { requiredKeys: [] },
);

type Generated = typeof ticket extends fc.Arbitrary<infer T> ? T : never;

function generatedRow(id: string, { delay, ...fields }: Generated): TicketRow {
  const generated = ticketOf(id, fields);
  return delay === undefined ? ticketRow(generated) : lateRow(generated, at(fields.minute + delay));
}

/** The rows of a list as its page is to have them, of all rows. */
function listedBy(rows: TicketRow[], filter: TicketFilter, order: 'ASC' | 'DESC' | undefined): TicketRow[] {
  const since = filter.updatedSince ?? '';
  const folded = { ...filter, titleContains: filter.titleContains?.toUpperCase() };
  const listed = rows.filter((row) => isListed({ ...row, foldedTitle: row.title.toUpperCase() }, folded));
  const ascending = (key: 'changed' | 'arrived') => (a: TicketRow, b: TicketRow) => (a[key]! < b[key]! ? -1 : 1);
  const late = listed.filter(({ updatedAt }) => updatedAt < since).sort(ascending('arrived'));
  const rest = listed.filter(({ updatedAt }) => updatedAt >= since).sort(ascending('changed'));
  return order === 'ASC' ? [...late, ...rest] : [...late, ...rest].reverse();
}

function ticketOf(id: string, { minute, ...given }: Partial<Ticket> & { minute: number }): Ticket {
  return {
    ...{ title: 'A title', status: 'OPEN', priority: 'LOW', tags: [], assignee: null, requester: 'ann' },
    ...given,
    ...{ id, version: 1, description: 'x', commentCount: 0, noteCount: 0, createdAt: at(0), updatedAt: at(minute) },
  };
}

interface Page {
  items: TicketRow[];
  nextToken: string | null;
}

async function page(bed: Bed, args: Record<string, unknown>): Promise<Page> {
  return (await bed.run('Query.tickets', 'view', STEPS, args)) as Page;
}

/** The pages up to the last one; `meanwhile` happens after each. */
async function pages(bed: Bed, args: Record<string, unknown>, meanwhile = () => Promise.resolve()): Promise<Page[]> {
  const all: Page[] = [];
  let nextToken: string | null = null;
  do {
    const next: Page = await page(bed, { ...args, nextToken });
    all.push(next);
    nextToken = next.nextToken;
    await meanwhile();
  } while (nextToken !== null);
  return all;
}

describeEachEngine('a list of tickets', (engine) => {
  let bed: Bed;
  beforeAll(async () => (bed = await Bed.start(engine)));
  afterAll(() => bed?.stop());
  const seed = Date.now();

  test('is, page by page, what sifting all tickets by hand gives, for any filter and order', async () => {
    const rows = fc.sample(ticket, { seed, numRuns: 150 }).map((fields, i) => generatedRow(`T${i}`, fields));
    await bed.show(...rows);
    const property = fc.asyncProperty(
      filter,
      fc.constantFrom('ASC', 'DESC', undefined),
      fc.integer({ min: 1, max: 100 }),
      async (filter, order, limit) => {
        const listed = (await pages(bed, { filter, order, limit })).flatMap(({ items }) => items.map(({ id }) => id));
        expect(listed).toEqual(listedBy(rows, filter as TicketFilter, order).map(({ id }) => id));
      },
    );
    await fc.assert(property, { seed, numRuns: 60 });
  });

  test('misses none and doubles none that did not change while others did', async () => {
    const still = Array.from({ length: 40 }, (_, i) => ticketOf(`still${i}`, { minute: 100 + i, tags: ['paging'] }));
    const moving = Array.from({ length: 40 }, (_, i) => ticketOf(`moving${i}`, { minute: 100 + i, tags: ['paging'] }));
    await bed.show(...[...still, ...moving].map(ticketRow));
    for (const order of ['ASC', 'DESC']) {
      let minute = 200;
      const change = async () => {
        minute += 1;
        const moved = { ...moving[minute % moving.length]!, updatedAt: at(minute), version: minute };
        await bed.show(ticketRow(moved), ticketRow(ticketOf(`new${minute}${order}`, { minute, tags: ['paging'] })));
      };
      const all = await pages(bed, { filter: { tag: 'paging', updatedSince: at(100) }, order, limit: 7 }, () =>
        minute < 230 ? change() : Promise.resolve(),
      );
      const listed = all.flatMap(({ items }) => items.map(({ id }) => id)).filter((id) => id.startsWith('still'));
      expect(listed).toHaveLength(still.length);
      expect(new Set(listed).size).toBe(still.length);
    }
  });

  test('shows what comes late meanwhile, in this paging or the next, and nothing twice that stays', async () => {
    const seen = fc.asyncProperty(
      fc.constantFrom('ASC', 'DESC'),
      fc.integer({ min: 2, max: 7 }),
      fc.array(fc.record({ page: fc.nat(6), arrives: fc.integer({ min: 300, max: 330 }) }), { maxLength: 6 }),
      async (order, limit, comings) => {
        run += 1;
        const requester = `reader${run}`;
        const named = (name: string, minute: number) => ticketOf(`${name}${run}`, { minute, requester });
        const rest = Array.from({ length: 8 }, (_, i) => ticketRow(named(`rest${i}-`, 300 + i)));
        const late = Array.from({ length: 8 }, (_, i) => lateRow(named(`late${i}-`, i), at(290 + i * 4)));
        await bed.show(...rest, ...late);
        const filter = { requester, updatedSince: at(300) };
        const rows = [...rest, ...late];
        const began = rows.filter((row) => isListed(row, filter)).map(({ id }) => id);
        let page = 0;
        const come = async () => {
          const now = comings.filter((coming) => coming.page === page);
          page += 1;
          const came = now.map(({ arrives }, i) => lateRow(named(`came${page}-${i}-`, 50), at(arrives)));
          rows.push(...came);
          await bed.show(...came);
        };
        const ids = async (meanwhile?: () => Promise<void>) =>
          (await pages(bed, { filter, order, limit }, meanwhile)).flatMap(({ items }) => items.map(({ id }) => id));
        const first = await ids(come);
        expect(new Set(first).size).toBe(first.length);
        expect(first).toEqual(expect.arrayContaining(began));
        expect(await ids()).toEqual(listedBy(rows, filter, order as 'ASC').map(({ id }) => id));
      },
    );
    let run = 0;
    await fc.assert(seen, { seed, numRuns: 8 });
  });

  test('since a time has what reached the view since, at its older end', async () => {
    const own = ticketOf('slow', { minute: 1, requester: 'lea' });
    await bed.show(lateRow(own, at(500)), ticketRow(ticketOf('quick', { minute: 501, requester: 'lea' })));
    for (const [order, expected] of [
      ['ASC', ['slow', 'quick']],
      ['DESC', ['quick', 'slow']],
    ] as const) {
      const listed = async (updatedSince: string) =>
        (await pages(bed, { filter: { requester: 'lea', updatedSince }, order })).flatMap(({ items }) =>
          items.map(({ id }) => id),
        );
      expect(await listed(at(500))).toEqual(expected);
      expect(await listed(at(501))).toEqual(['quick']);
    }
  });

  test('goes on after a row that is gone from where it stood', async () => {
    const rows = [1, 2, 3, 4].map((i) => ticketOf(`gone${i}`, { minute: i, requester: 'gina' }));
    await bed.show(...rows.map(ticketRow));
    const first = await page(bed, { filter: { requester: 'gina' }, order: 'ASC', limit: 2 });
    await bed.show(ticketRow({ ...rows[1]!, updatedAt: at(50) }));
    const second = await page(bed, {
      filter: { requester: 'gina' },
      order: 'ASC',
      limit: 5,
      nextToken: first.nextToken,
    });
    expect(second.items.map(({ id }) => id)).toEqual(['gone3', 'gone4', 'gone2']);
  });

  test('takes the same times in any of their forms', async () => {
    await bed.show(ticketRow(ticketOf('timely', { minute: 60, requester: 'tim' })));
    for (const updatedSince of ['2026-01-01T01:00Z', '2026-01-01T03:00:00.000+02:00', '2026-01-01T01:00:00Z']) {
      const { items } = await page(bed, { filter: { requester: 'tim', updatedSince } });
      expect(items.map(({ id }) => id)).toEqual(['timely']);
    }
  });

  describe('of a second in which three tickets changed', () => {
    const SECOND = '2026-02-01T00:00:00Z';
    const MILLISECONDS = [0, 250, 999];

    test.each([
      ['as written', {}],
      ['by a list of another index', { assignee: 'bob' }],
      ['by a list that is sifted', { priority: 'HIGH', assignee: 'bob' }],
    ])('has them in the order of their times, since that second and since each: %s', async (how, filter) => {
      const assignee = how === 'as written' ? undefined : 'bob';
      const ids: string[] = [];
      for (const ms of [-1, ...MILLISECONDS, 1000]) {
        // AppSync may write a time without milliseconds if they are zero (T1).
        const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.parse(SECOND) + ms);
        const input = { id: `${how} ${ms}`, title: 'x', priority: 'HIGH', assignee };
        const made = await bed.run('Mutation.createTicket', 'events', CALLS, { input });
        clock.mockRestore();
        await bed.show(ticketRow(made as Ticket));
        ids.push(input.id);
      }
      const since = async (updatedSince: string) =>
        (await pages(bed, { filter: { ...filter, updatedSince }, order: 'ASC', limit: 2 })).flatMap(({ items }) =>
          items.map(({ id }) => id).filter((id) => id.startsWith(how)),
        );
      const [, ...within] = ids;
      expect(await since(SECOND)).toEqual(within);
      expect(await since('2026-02-01T00:00:00.000Z')).toEqual(within);
      expect(await since('2026-02-01T01:00+01:00')).toEqual(within);
      expect(await since('2026-02-01T00:00:00.250Z')).toEqual(within.slice(1));
      expect(await since('2026-02-01T00:00:00.999Z')).toEqual(within.slice(2));
      expect(await since('2026-02-01T00:00:01Z')).toEqual(within.slice(3));
    });
  });

  describe('refuses the token', () => {
    const refused = {
      errorType: 'ValidationError',
      errorInfo: { field: 'nextToken', rule: 'must be of a page of this list, with the same filter and order' },
    };
    const tokenOf = (content: string) => Buffer.from(content).toString('base64');

    test.each([
      ['of another filter', { filter: { status: 'OPEN' } }],
      ['of another order', { order: 'ASC' }],
      ['of a filter more', { filter: { priority: 'LOW', requester: 'ann' } }],
    ])('%s', async (_, other) => {
      const { nextToken } = await page(bed, { filter: { priority: 'LOW' }, limit: 1 });
      expect(nextToken).toEqual(expect.any(String));
      const args = { filter: { priority: 'LOW' }, ...other, limit: 1, nextToken };
      await expect(page(bed, args)).rejects.toMatchObject(refused);
    });

    test.each(['', ' ', 'x', '%%%', tokenOf('nonsense'), tokenOf('null'), tokenOf('[]\n2026'), tokenOf('\ud800')])(
      'that is none: %j',
      async (nextToken) => {
        await expect(page(bed, { nextToken })).rejects.toMatchObject(refused);
      },
    );

    test('whose position is outside the list', async () => {
      const filter = { updatedSince: at(30) };
      const { nextToken } = await page(bed, { filter, limit: 1 });
      const [list] = Buffer.from(nextToken!, 'base64').toString().split('\n');
      for (const position of [at(1), '']) {
        await expect(page(bed, { filter, nextToken: tokenOf(`${list}\n${position}`) })).rejects.toMatchObject(refused);
      }
    });
  });
});

/** LISTED=100000 for a long run. */
const MANY = Number(process.env.LISTED ?? 5_000);

describe('what a list costs', () => {
  let bed: Bed;
  beforeAll(async () => (bed = await Bed.start('dynoxide')));
  afterAll(() => bed?.stop());
  const rowOf = (i: number) =>
    ticketRow(ticketOf(`T${i}`, { minute: i, assignee: 'bob', tags: i % 50 === 0 ? ['rare'] : ['common'] }));
  const show = (from: number, to: number) => bed.show(...Array.from({ length: to - from }, (_, i) => rowOf(from + i)));

  test(`a page of 20 is one read of one unit, at 1,000 tickets and at ${MANY}, from each index`, async () => {
    const filters = [{}, { status: 'OPEN' }, { assignee: 'bob' }, { requester: 'ann' }];
    const measured: unknown[] = [];
    for (const [from, to] of [
      [0, 1_000],
      [1_000, MANY],
    ] as const) {
      await show(from, to);
      bed.calls.length = 0;
      for (const filter of filters) {
        expect((await page(bed, { filter, limit: 20 })).items).toHaveLength(20);
      }
      measured.push([...bed.calls]);
    }
    const [read] = bed.calls;
    expect(read).toEqual({ operation: 'QueryCommand', strong: false, conditional: false, units: 1 });
    const each = filters.map(() => read);
    expect(measured).toEqual([each, each]);
  }, 900_000);

  test('a page of what one ticket in fifty is, is full within the bound, and each read is of an index', async () => {
    bed.calls.length = 0;
    const all = await pages(bed, { filter: { tag: 'rare' }, limit: 20 });
    const sizes = all.map(({ items }) => items.length);
    expect(sizes).toEqual(Array<number>(MANY / 50 / 20).fill(20));
    expect(bed.calls.every(({ operation }) => operation === 'QueryCommand')).toBe(true);
    expect(bed.calls.length).toBeLessThanOrEqual(all.length * MOST_READS);
  });

  test('a filter that nothing meets ends after six reads, with a token to go on', async () => {
    bed.calls.length = 0;
    const none = await page(bed, { filter: { titleContains: 'nobody called it that' } });
    expect(none).toEqual({ items: [], nextToken: expect.any(String) as string });
    expect(bed.calls).toHaveLength(MOST_READS);
    const last = (await pages(bed, { filter: { titleContains: 'nobody called it that' } })).at(-1);
    expect(last).toEqual({ items: [], nextToken: null });
  });
});

test('every index is one that a list is read from', () => {
  expect(Object.entries(INDEXES).every(([key, { name }]) => key === name)).toBe(true);
});
