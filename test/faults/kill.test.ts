import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { eventually } from '../support/eventually';
import { CHANGED, CREATE, EVENTS, post, TICKET, UPDATE } from '../support/http';
import { Subscriber } from '../support/subscriber';
import { describeEachEngine } from '../support/engines';
import { RunningSystem } from '../support/system';

const MUTATIONS = 500;
const IN_FLIGHT = 16;

describeEachEngine('kill -9 of everything', (engine) => {
  const data = mkdtempSync(join(tmpdir(), 'tickets-kill-'));
  let system: RunningSystem;
  afterAll(async () => {
    await system.stop();
    rmSync(data, { recursive: true, force: true });
  });

  test('during a burst of mutations loses no acknowledged event, and pushes no old change after the restart', async () => {
    system = await RunningSystem.start({ engine, data });
    const acknowledged = await burstUntilKilled(system);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.length).toBeLessThan(MUTATIONS);

    system = await RunningSystem.start({ engine, data });
    const subscriber = await Subscriber.connect(system, WebSocket);
    const heard = await subscriber.start<{ onTicketChanged: { id: string; version: number } }>(CHANGED);

    const newest = new Map<string, number>();
    for (const { id, version } of acknowledged) {
      newest.set(id, Math.max(version, newest.get(id) ?? 0));
    }
    for (const [id, version] of newest) {
      const { data: history } = await post(system.graphqlUrl, EVENTS, { id, limit: 100 });
      const versions = history.ticketEvents!.items.map((event) => event.version);
      expect(versions).toEqual(versions.map((_, i) => i + 1));
      expect(versions.length).toBeGreaterThanOrEqual(version);
      await eventually(
        () => post(system.graphqlUrl, TICKET, { id }),
        ({ data: view }) => view.ticket?.version === versions.length,
      );
    }

    // Anything that came before this change would have been pushed before it.
    const { data: after } = await post(system.graphqlUrl, CREATE, { input: { title: 'After the restart' } });
    const changes = await heard.until(({ onTicketChanged }) => onTicketChanged.id === after.createTicket.id);
    expect(changes).toHaveLength(1);
    subscriber.close();
  });
});

/** Creates and updates tickets from many sides, and kills the system half way. What was acknowledged. */
async function burstUntilKilled(system: RunningSystem): Promise<{ id: string; version: number }[]> {
  const acknowledged: { id: string; version: number }[] = [];
  let sent = 0;
  let killed: Promise<void> | undefined;
  const writer = async () => {
    let id: string | undefined;
    while (sent < MUTATIONS) {
      sent += 1;
      try {
        const { data } = id
          ? await post(system.graphqlUrl, UPDATE, { input: { id, title: `Change ${sent}` } })
          : await post(system.graphqlUrl, CREATE, { input: { title: `Ticket ${sent}` } });
        const { id: written, version } = data.createTicket ?? data.updateTicket;
        acknowledged.push({ id: written, version });
        // A few changes each, so that there are many tickets and many versions.
        id = version < 5 ? written : undefined;
      } catch (error) {
        if (!killed) {
          throw error;
        }
        return;
      }
      if (acknowledged.length === MUTATIONS / 2) {
        killed = system.killGroup();
      }
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, writer));
  await killed;
  return acknowledged;
}
