import { decide } from '../../domain/decide';
import type { TicketEvent } from '../../domain/events';
import { MOST_READS } from '../../domain/listing';
import { comment, create, happened, update } from '../domain/specification';
import { describeEachEngine } from '../support/engines';
import { Bed, type Call, CALLS } from '../support/bed';

/** DynamoDB Local takes six milliseconds an item. */
const LENGTHS = { dynoxide: [10, 1_000, 10_000], 'dynamodb-local': [10, 1_000] };

/** A history whose ids are as long as those that AppSync makes, and whose head is too large for a single unit. */
function history(ticketId: string, length: number): TicketEvent[] {
  const events: TicketEvent[] = [];
  for (let version = 1; version <= length; version += 1) {
    const commandId = `00000000-0000-4000-8000-${`000000000000${version}`.slice(-12)}`;
    const description = version === length ? 'x'.repeat(10_000) : undefined;
    const command =
      version === 1
        ? create({ ticketId, commandId })
        : update({ ticketId, commandId, title: `Title ${version}`, description });
    const decision = decide(events.at(-1) ?? null, command);
    if (decision.outcome !== 'append') {
      throw new Error(`version ${version} came to ${JSON.stringify(decision)}`);
    }
    events.push(decision.event);
  }
  return events;
}

// A JVM and eleven thousand items take their time beside other tests.
jest.setTimeout(120_000);

describeEachEngine('a change of the view', (engine) => {
  let bed: Bed;
  beforeAll(async () => (bed = await Bed.start(engine)));
  afterAll(() => bed?.stop());

  const [created, updated, slow, next] = happened([
    create({ ticketId: 'V' }),
    update({ ticketId: 'V', title: 'Two', at: '2026-02-01T00:00:00.000Z' }),
    update({ ticketId: 'V', title: 'Three', at: '2026-02-02T00:00:00.000Z' }),
    update({ ticketId: 'V', title: 'Four', at: '2026-02-03T00:00:00.000Z' }),
  ]) as [TicketEvent, TicketEvent, TicketEvent, TicketEvent];
  const IN_TIME = Date.parse(created.at);
  const LATE = Date.parse(slow.at) + 60_000;
  const unitsOf = async (events: TicketEvent[], now: number) => {
    bed.calls.length = 0;
    await bed.merge(events, now);
    expect(bed.calls).toEqual([expect.objectContaining({ operation: 'PutItemCommand', conditional: true })]);
    return bed.calls[0]!.units;
  };

  test('takes a unit in the table and two in each of three indexes; late two more, which the next one takes out', async () => {
    expect(await unitsOf([created], IN_TIME)).toBe(1 + 3);
    expect(await unitsOf([updated], IN_TIME)).toBe(1 + 3 * 2);
    expect(await unitsOf([slow], LATE)).toBe(1 + 3 * 2 + 2);
    // As a retry does: its place in the late indexes moves, and nowhere else.
    expect(await unitsOf([slow], LATE + 1000)).toBe(1 + 2 * 2);
    expect(await unitsOf([next], IN_TIME)).toBe(1 + 3 * 2 + 2);
  });
});

describeEachEngine('a list since a time', (engine) => {
  let bed: Bed;
  beforeAll(async () => (bed = await Bed.start(engine)));
  afterAll(() => bed?.stop());

  test.each(['ASC', 'DESC'])('%s takes one read more, of half a unit where nothing was late', async (order) => {
    const [created] = happened([create({ ticketId: 'S' })]) as [TicketEvent];
    await bed.merge([created], Date.parse(created.at));
    bed.calls.length = 0;
    const filter = { updatedSince: created.at };
    const page = await bed.run('Query.tickets', 'view', Array<string>(MOST_READS).fill('readList'), { filter, order });
    expect(page).toMatchObject({ items: [{ id: 'S' }], nextToken: null });
    expect(bed.calls.map(({ operation }) => operation)).toEqual(['QueryCommand', 'QueryCommand']);
    // DynamoDB Local takes nothing for a read that finds nothing.
    const nothing = engine === 'dynamodb-local' ? 0 : 0.5;
    const units = bed.calls.map(({ units }) => units);
    expect(units).toEqual(order === 'ASC' ? [nothing, 0.5] : [0.5, nothing]);
  });
});

describeEachEngine('a note', (engine) => {
  let bed: Bed;
  beforeAll(async () => (bed = await Bed.start(engine)));
  afterAll(() => bed?.stop());

  test('takes the calls and the units of a comment: in the log, in the view and when it is read', async () => {
    const measured: Call[][] = [];
    for (const [ticketId, visibility] of [
      ['comment', 'PUBLIC'],
      ['notice', 'INTERNAL'],
    ] as const) {
      await bed.store(happened([create({ ticketId })]));
      const [, said] = happened([create({ ticketId }), comment({ ticketId, visibility })]) as [
        TicketEvent,
        TicketEvent,
      ];
      bed.calls.length = 0;
      const input = { id: ticketId, body: 'It burns', visibility };
      const ticket = await bed.run('Mutation.addComment', 'events', CALLS, { input });
      await bed.merge([said], Date.parse(said.at));
      const page = await bed.run('Ticket.comments', 'view', [], {}, ticket);
      expect(page).toMatchObject({ items: [{ visibility }] });
      measured.push([...bed.calls]);
    }
    const [ofComment, ofNote] = measured;
    expect(ofComment!.map(({ operation }) => operation)).toEqual([
      ...['QueryCommand', 'PutItemCommand'],
      ...['PutItemCommand', 'PutItemCommand'],
      'QueryCommand',
    ]);
    expect(ofNote).toEqual(ofComment);
  });
});

describeEachEngine('updateTicket', (engine) => {
  let bed: Bed;
  beforeAll(async () => (bed = await Bed.start(engine)));
  afterAll(() => bed?.stop());

  test(`takes one strong read and one conditional write, the same at histories of ${LENGTHS[engine].join(', ')} events`, async () => {
    const measured: Call[][] = [];
    for (const length of LENGTHS[engine]) {
      const id = `T${length}`;
      await bed.store(history(id, length));
      bed.calls.length = 0;
      const input = { id, status: 'IN_PROGRESS' };
      const ticket = await bed.run('Mutation.updateTicket', 'events', CALLS, { input });
      expect(ticket).toMatchObject({ version: length + 1, status: 'IN_PROGRESS' });
      measured.push([...bed.calls]);
    }
    const [short] = measured;
    expect(short).toEqual([
      { operation: 'QueryCommand', strong: true, conditional: false, units: expect.any(Number) as number },
      { operation: 'PutItemCommand', strong: false, conditional: true, units: expect.any(Number) as number },
    ]);
    // A unit of reading is 4 KB and one of writing 1 KB; the head has the description twice, what follows once.
    const [read, write] = short!;
    expect(read!.units).toBe(6);
    expect(write!.units).toBe(11);
    expect(measured).toEqual(measured.map(() => short));
  });
});
