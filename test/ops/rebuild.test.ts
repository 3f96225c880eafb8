import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { commentRow, ticketRow } from '../../domain/view';
import { rebuild } from '../../ops/rebuild';
import { verify } from '../../ops/verify';
import { comment, create, happened, update } from '../domain/specification';
import { describeEachEngine } from '../support/engines';
import { ProductTables } from '../support/product-tables';
import { deploymentOf } from './deployment';

/** Forty histories like this do not fit in a page. */
function history(ticketId: string) {
  return happened([
    create({ ticketId, description: 'x'.repeat(10_000) }),
    comment({ ticketId }),
    update({ ticketId, title: 'Two' }),
  ]);
}

const tickets = Array.from({ length: 40 }, (_, n) => `T${n}`);

describeEachEngine('a rebuild', (engine) => {
  let tables: ProductTables;
  beforeAll(async () => {
    tables = await ProductTables.start(engine);
    await tables.write('events', tickets.flatMap(history));
  });
  afterAll(() => tables?.stop());
  const rows = async () => {
    const { Items = [] } = await tables.client.send(new ScanCommand({ TableName: 'view' }));
    return Items.map((item) => `${item.ticketId!.S} ${item.row!.S} ${item.version!.N}`).sort();
  };
  const right = tickets.flatMap((id) => [`${id} comment#000000000002 2`, `${id} ticket 3`]).sort();

  test('reads the log once, and looks up no event of a row that it has written', async () => {
    const commands = await tables.commandsOf(async () => {
      expect(await rebuild(deploymentOf(tables))).toEqual({
        ...{ events: 120, tickets: 40, comments: 40, orphans: 0, unreadable: 0 },
      });
    });
    expect(await rows()).toEqual(right);
    expect(commands).toEqual({
      ScanCommand: 1 + 100 + 100,
      PutItemCommand: 40,
      BatchWriteItemCommand: expect.any(Number) as number,
    });
  });

  test('removes the rows that no event led to, and no other', async () => {
    const [, commented, updated] = history('T0');
    const row = ticketRow(updated!.ticket);
    const commentsRow = commentRow(commented!)!;
    await tables.write('view', [
      { ...row, ticketId: 'Nobody' },
      { ...row, ticketId: 'T1', version: 9 },
      { ...commentsRow, ticketId: 'Nobody' },
      { ...commentsRow, row: 'comment#000000000003', version: 3 },
    ]);
    expect(await rebuild(deploymentOf(tables), { dryRun: true })).toMatchObject({ orphans: 4 });
    expect(await rows()).not.toEqual(right);
    expect(await rebuild(deploymentOf(tables))).toMatchObject({ orphans: 4 });
    expect(await rebuild(deploymentOf(tables))).toMatchObject({ orphans: 0 });
    expect(await rows()).toEqual(right);
    expect(await verify(deploymentOf(tables))).toMatchObject({ tickets: 40, differences: 0 });
  });
});
