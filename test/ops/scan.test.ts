import type { Item } from '../../functions/project/decode';
import { ticketOf } from '../../ops/history';
import { type Pages, scan } from '../../ops/scan';
import { comment, create, happened, update } from '../domain/specification';
import { describeEachEngine } from '../support/engines';
import { ProductTables } from '../support/product-tables';

function history(ticketId: string) {
  return happened([create({ ticketId }), update({ ticketId, title: 'Two' }), comment({ ticketId })]);
}

const tickets = Array.from({ length: 25 }, (_, n) => `T${n}`);

describeEachEngine('a scan', (engine) => {
  let tables: ProductTables;
  beforeAll(async () => {
    tables = await ProductTables.start(engine);
    await tables.write('events', tickets.flatMap(history));
  });
  afterAll(() => tables?.stop());

  /** What each read was given, and how the progress went. */
  async function scanned(limit?: number) {
    const reads: Item[][] = [];
    const progress: number[] = [];
    const input = { TableName: 'events', Limit: limit };
    const read = async (pages: Pages) => {
      const all: Item[] = [];
      for await (const page of pages) {
        all.push(...page);
      }
      reads.push(all);
    };
    await scan(tables.client, input, read, (done, total) => progress.push(done / total));
    return { reads, progress };
  }
  const keys = (items: Item[]) => items.map(({ ticketId, version }) => `${ticketId!.S} ${version!.N}`).sort();

  test('reads a table that fits in a page with one call', async () => {
    const commands = await tables.commandsOf(async () => {
      const { reads, progress } = await scanned();
      expect(reads.map((read) => read.length)).toEqual([75]);
      expect(progress).toEqual([0, 1]);
    });
    expect(commands).toEqual({ ScanCommand: 1 });
  });

  test('reads a larger one in segments: each item once, a ticket’s in one segment and in order', async () => {
    const { reads, progress } = await scanned(2);
    expect(keys(reads.flat())).toEqual(keys((await scanned()).reads.flat()));
    expect(reads).toHaveLength(100);
    expect(progress).toEqual(Array.from({ length: 101 }, (_, done) => done / 100));
    for (const ticket of tickets) {
      const parts = reads
        .map((read) => read.filter((item) => ticketOf(item) === ticket))
        .filter(({ length }) => length);
      expect(parts.map((items) => items.map(({ version }) => version!.N))).toEqual([['1', '2', '3']]);
    }
  });
});
