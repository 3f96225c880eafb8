import { decide } from '../../domain/decide';
import type { TicketEvent } from '../../domain/events';
import { create, update } from '../domain/specification';
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
