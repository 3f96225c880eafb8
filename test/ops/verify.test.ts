import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { TicketEvent } from '../../domain/events';
import { commentRow, ticketRow } from '../../domain/view';
import { noteProgress } from '../../functions/project/progress';
import type { Difference } from '../../ops/compare';
import { rebuild } from '../../ops/rebuild';
import { verify } from '../../ops/verify';
import { comment, create, happened, update } from '../domain/specification';
import { describeEachEngine } from '../support/engines';
import { ProductTables } from '../support/product-tables';
import { deploymentOf } from './deployment';

function history(ticketId: string): TicketEvent[] {
  return happened([
    create({ ticketId, tags: ['vpn'] }),
    comment({ ticketId }),
    update({ ticketId, status: 'CLOSED', assignee: 'bob' }),
    comment({ ticketId, body: 'Closed.' }),
  ]);
}

describeEachEngine('verify', (engine) => {
  let tables: ProductTables;
  const verified = async (repair = false) => {
    const found: Difference[] = [];
    const result = await verify(deploymentOf(tables), { repair, patience: 0, found: (one) => found.push(one) });
    return { ...result, found };
  };
  const write = (table: string, item: object) =>
    tables.client.send(new PutItemCommand({ TableName: table, Item: marshall(item, { removeUndefinedValues: true }) }));
  const remove = (table: string, key: object) =>
    tables.client.send(new DeleteItemCommand({ TableName: table, Key: marshall(key) }));

  beforeAll(async () => {
    tables = await ProductTables.start(engine);
    await tables.write('events', ['A', 'B', 'C'].flatMap(history));
    await rebuild(deploymentOf(tables));
  });
  afterAll(() => tables?.stop());

  test('finds nothing where nothing is wrong', async () => {
    expect(await verified()).toEqual({ events: 12, tickets: 3, differences: 0, repaired: 0, found: [] });
  });

  const events = history('T');
  const [, , third, fourth] = events as [TicketEvent, TicketEvent, TicketEvent, TicketEvent];
  const row = ticketRow(fourth.ticket);

  describe('finds in the view', () => {
    beforeAll(() => tables.write('events', events));
    beforeEach(() => tables.write('view', [row, ...events.flatMap((event) => commentRow(event) ?? [])]));
    afterEach(async () => expect(await verified()).toMatchObject({ differences: 0 }));

    test.each<[string, () => Promise<unknown>, Partial<Difference>]>([
      [
        'a missing row',
        () => remove('view', { ticketId: 'T', row: 'ticket' }),
        { kind: 'missing row', row: 'ticket', version: 1 },
      ],
      [
        'a missing comment',
        () => remove('view', { ticketId: 'T', row: 'comment#000000000004' }),
        { kind: 'missing row', row: 'comment#000000000004', version: 4 },
      ],
      ['a stale row', () => write('view', ticketRow(third.ticket)), { kind: 'stale row', row: 'ticket' }],
      ['a wrong field', () => write('view', { ...row, title: 'Another' }), { kind: 'wrong field', row: 'ticket' }],
      [
        'a wrong key of an index',
        () => write('view', { ...row, changed: 'x' }),
        { kind: 'wrong field', row: 'ticket' },
      ],
      [
        'a wrong comment',
        () => write('view', { ...commentRow(fourth)!, body: 'Open!' }),
        { kind: 'wrong field', row: 'comment#000000000004' },
      ],
      [
        'a row that is ahead of the log',
        () => write('view', { ...row, version: 9 }),
        { kind: 'orphan row', row: 'ticket' },
      ],
      [
        'an orphan comment',
        () => write('view', { ...commentRow(fourth)!, row: 'comment#000000000003', version: 3 }),
        { kind: 'orphan row', row: 'comment#000000000003' },
      ],
      [
        'a row without a version',
        () => write('view', { ...row, version: undefined }),
        { kind: 'stale row', row: 'ticket', version: 1 },
      ],
      [
        'a comment without a version',
        () => write('view', { ...commentRow(fourth)!, version: undefined }),
        { kind: 'stale row', row: 'comment#000000000004' },
      ],
      [
        'a row whose version is text',
        () => write('view', { ...row, version: '4' }),
        { kind: 'stale row', row: 'ticket' },
      ],
    ])('%s, and mends it', async (_, spoil, difference) => {
      await spoil();
      const wrong = { ticketId: 'T', ...difference };
      expect(await verified()).toMatchObject({ differences: 1, repaired: 0, found: [wrong] });
      expect(await verified(true)).toMatchObject({ differences: 1, repaired: 1, found: [wrong] });
    });

    test('an orphan row, of a ticket that never was, and removes it', async () => {
      await write('view', { ...row, ticketId: 'Nobody', id: 'Nobody' });
      const found = [{ ticketId: 'Nobody', kind: 'orphan row', row: 'ticket' }];
      expect(await verified(true)).toMatchObject({ differences: 1, repaired: 1, found });
    });
  });

  describe('finds in the log, where nothing mends it,', () => {
    afterEach(async () => {
      for (const version of [1, 2, 3, 4]) {
        await remove('events', { ticketId: 'L', version });
      }
      await verified(true);
    });
    const broken = history('L');
    const [, second] = broken as [TicketEvent, TicketEvent];

    test.each<[string, object[], Partial<Difference>]>([
      ['a version gap', [...broken.slice(0, 1), ...broken.slice(2)], { kind: 'version gap', version: 2 }],
      ['a missing beginning', broken.slice(1), { kind: 'version gap', version: 1 }],
      [
        'a state that the facts do not lead to',
        [...broken.slice(0, 3), { ...broken[3]!, ticket: { ...broken[3]!.ticket, title: 'Another' } }],
        { kind: 'broken fold', version: 4, why: expect.stringContaining('title') as string },
      ],
      [
        'a fact that does not follow from the state before',
        [
          broken[0]!,
          second,
          { ...broken[2]!, data: { ...broken[2]!.data, status: { from: 'ON_HOLD', to: 'CLOSED' } } },
          broken[3]!,
        ],
        { kind: 'broken fold', version: 3 },
      ],
      [
        'an event that nobody knows',
        [...broken.slice(0, 3), { ...broken[3]!, type: 'TicketExploded' }],
        { kind: 'unreadable event', version: 4, field: 'type' },
      ],
      [
        'an event that the API can not show',
        [...broken.slice(0, 3), { ...broken[3]!, at: 'yesterday' }],
        { kind: 'unreadable event', version: 4, field: 'at' },
      ],
      [
        'an event that the API would not have written',
        [...broken.slice(0, 3), { ...broken[3]!, recentCommands: [] }],
        { kind: 'broken rule', version: 4, field: 'recentCommands' },
      ],
    ])('%s', async (_, log, difference) => {
      await tables.write('events', log);
      await rebuild(deploymentOf(tables));
      const { found } = await verified(true);
      expect(found).toEqual([expect.objectContaining({ ticketId: 'L', ...difference })]);
      expect(await verified()).toMatchObject({ differences: 1 });
    });
  });

  test('mends the row of an event that the API can not show: lists answer again, and the event can be put right', async () => {
    const good = history('Unshowable');
    const [, , , fourth] = good as [TicketEvent, TicketEvent, TicketEvent, TicketEvent];
    const bad = { ...fourth, at: 'yesterday', ticket: { ...fourth.ticket, updatedAt: 'yesterday' } };
    await tables.write('events', [...good.slice(0, 3), bad]);
    await tables.write('view', [
      ticketRow(bad.ticket),
      ...good.slice(0, 3).flatMap((event) => commentRow(event) ?? []),
    ]);
    expect(await verified(true)).toMatchObject({
      differences: 2,
      repaired: 1,
      found: [
        { kind: 'unreadable event', version: 4, field: 'at' },
        { kind: 'orphan row', row: 'ticket', version: 4 },
      ],
    });
    const { Item } = await tables.client.send(
      new GetItemCommand({ TableName: 'view', Key: marshall({ ticketId: 'Unshowable', row: 'ticket' }) }),
    );
    // With a mark: the row came to the view now.
    expect(unmarshall(Item!)).toMatchObject(ticketRow(good[2]!.ticket));

    await write('events', fourth);
    await verified(true);
    expect(await verified()).toMatchObject({ differences: 0 });
  });

  test('waits for as long as the projector makes progress with what comes before', async () => {
    const [late] = happened([create({ ticketId: 'Late' })]) as [TicketEvent];
    await tables.write('events', [late]);
    let looks = 0;
    const send = tables.client.send.bind(tables.client);
    const noting = async (command: object) => {
      if (command instanceof GetItemCommand) {
        looks += 1;
        const position = { ApproximateCreationDateTime: 0, SequenceNumber: String(looks) };
        const target = { client: { send } as never, tableName: 'view', now: Date.now() };
        await noteProgress([{ dynamodb: position }], target);
        await (looks === 8
          ? send(new PutItemCommand({ TableName: 'view', Item: marshall(ticketRow(late.ticket)) }))
          : 0);
      }
      return send(command as GetItemCommand);
    };
    const spy = jest.spyOn(tables.client, 'send').mockImplementation(noting as never);
    // Between two looks are 200 ms, so that the patience is over long before the eighth.
    const patience = 600;
    expect(await verify(deploymentOf(tables), { patience })).toMatchObject({ differences: 0 });
    spy.mockRestore();
    expect(looks).toBeGreaterThanOrEqual(8);
  });

  test('tells of the newest change that is missing, once the projector has made no progress for long enough', async () => {
    const stuck = happened([create({ ticketId: 'S' }), update({ ticketId: 'S', title: 'Two' })]);
    await tables.write('events', stuck);
    await tables.write('view', [ticketRow(stuck[0]!.ticket)]);
    const found: Difference[] = [];
    await verify(deploymentOf(tables), { patience: 1, found: (one) => found.push(one) });
    expect(found).toEqual([expect.objectContaining({ ticketId: 'S', kind: 'stale row', version: 2 })]);
    await verified(true);
  });

  test('waits for a projector that is behind, however old the events, and for no longer than it comes on', async () => {
    const late = ['X', 'Y', 'Z'].map((ticketId) =>
      happened([create({ ticketId }), update({ ticketId, title: 'Two' })]),
    );
    await tables.write('events', late.flat());
    const verification = verify(deploymentOf(tables), { patience: 60_000 });
    for (const events of late) {
      await tables.write('view', events.map(({ ticket }) => ticketRow(ticket)).slice(-1));
    }
    expect(await verification).toMatchObject({ differences: 0 });
  });
});
