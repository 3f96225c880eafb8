import { type PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import type { TicketEvent } from '../../domain/events';
import { lateRow, ticketRow } from '../../domain/view';
import { merge, mergeTicket } from '../../functions/project/merge';
import { historyOf } from '../../ops/histories';
import { rebuild } from '../../ops/rebuild';
import { verify } from '../../ops/verify';
import { create, happened, update } from '../domain/specification';
import { describeEachEngine } from '../support/engines';
import { ProductTables } from '../support/product-tables';
import { deploymentOf } from './deployment';

type Row = Record<string, unknown> & { ticketId: string; arrived?: string };

const IN_TIME = 0;
const LATE = Date.parse('2030-01-01T00:00:00.000Z');
const LATER = LATE + 60_000;

function markOf(id: string, time: number) {
  return `${new Date(time).toISOString()}#${id}`;
}

describeEachEngine('what reached the view late', (engine) => {
  let tables: ProductTables;
  beforeAll(async () => (tables = await ProductTables.start(engine)));
  afterAll(() => tables?.stop());

  const project = (events: TicketEvent[], now: number) =>
    merge(events, { client: tables.client, tableName: 'view', now: () => now });
  const rows = async (...ids: string[]) => {
    const { Items = [] } = await tables.client.send(new ScanCommand({ TableName: 'view', ConsistentRead: true }));
    return Items.map((item) => unmarshall(item) as Row).filter(({ ticketId }) => ids.includes(ticketId));
  };
  const markIn = async (id: string) => (await rows(id)).find(({ row }) => row === 'ticket')?.arrived;
  const differences = async () => (await verify(deploymentOf(tables), { patience: 0 })).differences;

  test('is the same view as what came in time, in any order, repetition and split; verify finds no difference', async () => {
    let run = 0;
    const deliveries = fc
      .nat()
      .map((seed) => historyOf(seed, 0).slice(0, 8))
      .chain((events) =>
        fc.record({
          events: fc.constant(events),
          order: fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
          split: fc.infiniteStream(fc.integer({ min: 1, max: 4 })),
          clocks: fc.infiniteStream(fc.constantFrom(IN_TIME, LATE, LATER)),
        }),
      );
    const property = fc.asyncProperty(deliveries, async ({ events, order, split, clocks }) => {
      run += 1;
      const id = `P${run}`;
      const renamed = (event: TicketEvent): TicketEvent => ({
        ...event,
        ticketId: id,
        ticket: { ...event.ticket, id },
      });
      await tables.write('events', events.map(renamed));
      for (let at = 0; at < order.length;) {
        const size = split.next().value as number;
        await project(order.slice(at, at + size).map(renamed), clocks.next().value as number);
        at += size;
      }
      const [{ arrived: _, ...row }] = (await rows(id)).filter(({ row }) => row === 'ticket') as [Row];
      expect(row).toEqual(ticketRow(renamed(events.at(-1)!).ticket));
    });
    await fc.assert(property, { numRuns: 15 });
    expect(await differences()).toBe(0);
  });

  test('keeps its mark in a rebuild, and what came in time gets none', async () => {
    const [quick, slow] = ['quick', 'slow'].map((ticketId) => happened([create({ ticketId })]));
    await tables.write('events', [...quick!, ...slow!]);
    await project(quick!, IN_TIME);
    await project(slow!, LATE);
    const before = await rows('quick', 'slow');
    await rebuild(deploymentOf(tables));
    expect(await rows('quick', 'slow')).toEqual(before);
    expect(await markIn('slow')).toBe(markOf('slow', LATE));
  });

  test('is also what a rebuild brings: a row that was missing, and one that was behind', async () => {
    const [missing, stale] = ['missing', 'stale'].map((ticketId) =>
      happened([create({ ticketId }), update({ ticketId, title: 'Two' })]),
    ) as [TicketEvent[], TicketEvent[]];
    await tables.write('events', [...missing, ...stale]);
    await project(stale.slice(0, 1), IN_TIME);
    const began = new Date().toISOString();
    await rebuild(deploymentOf(tables));
    expect((await markIn('missing'))! > began).toBe(true);
    expect((await markIn('stale'))! > began).toBe(true);
    expect(await differences()).toBe(0);
  });

  test('keeps a mark that the projector renews while a rebuild mends its row', async () => {
    const events = happened([create({ ticketId: 'raced' })]);
    const { ticket } = events[0]!;
    await tables.write('view', [{ ...ticketRow(ticket), title: 'Another' }]);
    let puts = 0;
    const send = async (put: PutItemCommand) => {
      puts += 1;
      if (puts === 2) {
        await project(events, LATE);
      }
      return tables.client.send(put);
    };
    await mergeTicket(events[0]!, { client: { send } as never, tableName: 'view' }, { repair: true });
    expect(await rows('raced')).toEqual([lateRow(ticket, new Date(LATE).toISOString())]);
  });

  test.each([
    ['a mark', markOf('wrong', LATE)],
    ['none', undefined],
  ])('is not what a rebuild only mends, which keeps %s', async (_, mark) => {
    const events = happened([create({ ticketId: 'wrong' })]);
    const { ticket } = events[0]!;
    await tables.write('events', events);
    const row = mark ? lateRow(ticket, new Date(LATE).toISOString()) : ticketRow(ticket);
    await tables.write('view', [{ ...row, title: 'Another' }]);
    await rebuild(deploymentOf(tables));
    expect(await rows('wrong')).toEqual([row]);
  });
});
