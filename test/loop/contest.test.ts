import { setTimeout as pause } from 'node:timers/promises';
import type { TicketEvent } from '../../generated/schema';
import { describeEachEngine } from '../support/engines';
import { eventually } from '../support/eventually';
import { CREATE, EVENTS, post, TICKET, UPDATE } from '../support/http';
import { RunningSystem } from '../support/system';

const WRITERS = 32;
const UPDATES = 50;

describeEachEngine('a contested ticket', (engine) => {
  let system: RunningSystem;
  beforeAll(async () => (system = await RunningSystem.start({ engine })));
  afterAll(() => system.stop());

  const run = (query: string, variables: Record<string, unknown>) => post(system.graphqlUrl, query, variables);
  const history = async (id: string) => {
    const events: TicketEvent[] = [];
    for (let more = true; more;) {
      const afterVersion = events.length;
      const page = (await run(EVENTS, { id, limit: 100, afterVersion })).data.ticketEvents!;
      events.push(...page.items);
      more = !!page.nextToken;
    }
    return events;
  };

  test(`${WRITERS} writers with ${UPDATES} updates each, retrying on VersionConflict, lose nothing`, async () => {
    const { id } = (await run(CREATE, { input: { title: 'Contested' } })).data.createTicket;
    const acknowledged = new Map<number, string>();
    let conflicts = 0;
    const write = async (writer: number) => {
      let expectedVersion = 1;
      let refusals = 0;
      for (let turn = 1; turn <= UPDATES;) {
        const title = `Writer ${writer}, turn ${turn}`;
        const { data, errors } = await run(UPDATE, { input: { id, title, expectedVersion, commandId: title } });
        const [error] = errors ?? [];
        if (!error) {
          expectedVersion = data.updateTicket.version;
          acknowledged.set(expectedVersion, title);
          turn += 1;
          refusals = 0;
        } else {
          expect(error.errorType).toBe('VersionConflict');
          expectedVersion = (error.errorInfo as { currentVersion: number }).currentVersion;
          conflicts += 1;
          refusals += 1;
          // As clients do: all at once would only be refused all at once again.
          await pause(Math.random() * Math.min(400, 10 * 2 ** refusals));
        }
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, (_, i) => write(i + 1)));

    const events = await history(id);
    expect(events.map(({ version }) => version)).toEqual(
      Array.from({ length: WRITERS * UPDATES + 1 }, (_, i) => i + 1),
    );
    expect(acknowledged.size).toBe(WRITERS * UPDATES);
    expect(conflicts).toBeGreaterThan(0);
    let before = 'Contested';
    for (const { version, changes } of events.slice(1)) {
      const title = acknowledged.get(version)!;
      expect(changes).toEqual([{ field: 'title', from: JSON.stringify(before), to: JSON.stringify(title) }]);
      before = title;
    }
    expect(new Set(acknowledged.values()).size).toBe(WRITERS * UPDATES);
    await eventually(
      () => run(TICKET, { id }),
      ({ data }) => data.ticket?.title === before,
      120_000,
    );
  }, 600_000);
});
