import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { openDeployment } from '../../ops/deployment';
import { verify } from '../../ops/verify';
import { COMMENT, CREATE, post, UPDATE } from '../support/http';
import { RunningSystem } from '../support/system';

/** `npm run test:chaos -- --rounds 50 --seed 1` for a long run, or one that failed. */
const ROUNDS = Number(process.env.CHAOS_ROUNDS ?? 10);
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const WRITERS = 8;

interface Acknowledged {
  ticketId: string;
  version: number;
  commandId: string;
}

test(
  `kill -9 of everything, ${ROUNDS} times at random moments (seed ${SEED}), loses nothing that was acknowledged`,
  async () => {
    const generator = xoroshiro128plus(SEED);
    const below = (limit: number) => uniformInt(generator, 0, limit - 1);
    const data = mkdtempSync(join(tmpdir(), 'chaos-'));
    const acknowledged: Acknowledged[] = [];
    let system: RunningSystem | undefined;
    try {
      for (let round = 1; round <= ROUNDS; round += 1) {
        system = await RunningSystem.start({ data });
        const writers = Array.from({ length: WRITERS }, (_, writer) =>
          write(system!.graphqlUrl, `${round}-${writer}`, acknowledged),
        );
        await pause(50 + below(1_000));
        await system.killGroup();
        await Promise.all(writers);
      }
      system = await RunningSystem.start({ data });
      const deployment = openDeployment({ data });
      const { dynamodb, events } = deployment;
      expect(acknowledged.length).toBeGreaterThan(ROUNDS);
      for (const { ticketId, version, commandId } of acknowledged) {
        const Key = { ticketId: { S: ticketId }, version: { N: String(version) } };
        const { Item } = await dynamodb.send(new GetItemCommand({ TableName: events, Key, ConsistentRead: true }));
        expect(Item?.commandId?.S).toBe(commandId);
      }
      const verification = await verify(deployment);
      expect(verification).toMatchObject({ differences: 0 });
      expect(verification.events).toBeGreaterThanOrEqual(acknowledged.length);
      console.info(`${ROUNDS} rounds, ${acknowledged.length} acknowledged, ${verification.events} events`);
    } finally {
      await system?.killGroup();
      rmSync(data, { recursive: true });
    }
  },
  ROUNDS * 60_000,
);

/** Writes one ticket after the other until nobody answers any more. */
async function write(url: string, name: string, acknowledged: Acknowledged[]): Promise<void> {
  let commands = 0;
  for (let ticket = 0; ; ticket += 1) {
    const id = `${name}-${ticket}`;
    const commandOf = (step: number) => [CREATE, UPDATE, COMMENT, UPDATE][step]!;
    for (let step = 0; step < 4; step += 1) {
      const commandId = `${id}-${(commands += 1)}`;
      const input = { id, commandId, ...(step === 2 ? { body: commandId } : { title: commandId }) };
      // Killed: what was not acknowledged may be there or not.
      const answer = await post(url, commandOf(step), { input }).catch(() => undefined);
      if (!answer) {
        return;
      }
      expect(answer.errors).toBeUndefined();
      const { version } = Object.values(answer.data as unknown as Record<string, { version: number }>)[0]!;
      acknowledged.push({ ticketId: id, version, commandId });
    }
  }
}
