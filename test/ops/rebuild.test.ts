import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { TicketEvent } from '../../domain/events';
import { commentRow, ticketRow } from '../../domain/view';
import { noteProgress } from '../../functions/project/progress';
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
    return Items.map((item) => `${item.ticketId!.S} ${item.row!.S} ${item.version?.N}`).sort();
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

  const [, commented, updated] = history('T0') as [TicketEvent, TicketEvent, TicketEvent];
  const row = ticketRow(updated.ticket);
  const comments = commentRow(commented)!;
  const { version: _, ...withoutVersion } = row;
  const { version: __, ...commentWithoutVersion } = comments;

  test.each<[string, object[], orphans: number]>([
    [
      'of tickets that the log does not have',
      [
        { ...row, ticketId: 'Nobody' },
        { ...comments, ticketId: 'Nobody' },
      ],
      2,
    ],
    [
      'that are ahead of the log',
      [
        { ...row, ticketId: 'T1', version: 9, title: 'Nine' },
        { ...row, version: 4 },
      ],
      2,
    ],
    ['of comments that were none', [{ ...comments, row: 'comment#000000000003', version: 3 }], 1],
    ['of comments that the log does not have', [{ ...comments, row: 'comment#000000000007', version: 7 }], 1],
    ['of comments whose key has another width', [{ ...comments, row: 'comment#02' }], 1],
    ['without a version', [withoutVersion, commentWithoutVersion], 0],
    ['whose version is text', [{ ...row, version: '3' }], 0],
    ['of a row that nobody knows', [{ ...row, row: 'summary' }], 1],
  ])('run once, puts right the rows %s, and no other', async (_, wrong, orphans) => {
    await tables.write('view', wrong);
    const before = await rows();
    expect(await rebuild(deploymentOf(tables), { dryRun: true })).toMatchObject({ orphans });
    expect(await rows()).toEqual(before);
    expect(await rebuild(deploymentOf(tables))).toMatchObject({ orphans });
    expect(await rows()).toEqual(right);
    expect(await verify(deploymentOf(tables))).toMatchObject({ tickets: 40, differences: 0 });
  });

  test('leaves what the projector notes of its progress', async () => {
    await noteProgress([{ dynamodb: { ApproximateCreationDateTime: 0, SequenceNumber: '7' } }], {
      client: tables.client,
      tableName: 'view',
      now: Date.now(),
    });
    expect(await rebuild(deploymentOf(tables))).toMatchObject({ orphans: 0 });
    expect(await rows()).toEqual([...right, 'projector progress undefined'].sort());
    expect(await verify(deploymentOf(tables))).toMatchObject({ tickets: 40, differences: 0 });
  });
});
