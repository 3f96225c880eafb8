import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnTied, type TiedProcess } from '../../../shared/process';
import type { Engine } from './engine';

/** How an engine's own process is started. */
export interface Recipe {
  name: Engine['name'];
  command: string;
  args(port: number): string[];
  /** Whether it is this process that answers on the port, and no other that took it meanwhile. */
  answers(endpoint: string, process: TiedProcess): Promise<boolean>;
  /** A JVM on a busy machine needs seconds; past this something is wrong. */
  patienceMs?: number;
}

const POLL_MS = 5;
const PORTS_TRIED = 5;

/**
 * Starts an engine on a free loopback port and waits until it answers.
 *
 * A port can only be found free, not kept: whoever loses it between the finding and the binding tries another.
 * Throws with the engine's last words if it does not come up.
 */
export async function launch(recipe: Recipe): Promise<Engine> {
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort();
    const endpoint = `http://127.0.0.1:${port}`;
    const process = spawnTied(recipe.command, recipe.args(port));
    const failure = await comesUp(recipe, endpoint, process);
    if (failure === undefined) {
      return running(recipe.name, endpoint, process);
    }

    const { how } = await process.stop();
    const lastWords = process.lastLines().join('\n');
    if (/address (already )?in use/i.test(lastWords) && attempt < PORTS_TRIED) {
      continue;
    }
    throw new Error(`${recipe.name} ${failure.tooSlow ?? how} (${recipe.command}):\n${lastWords}`);
  }
}

/** Resolves with nothing once it answers, or with why it took too long, or with an empty failure if it ended. */
async function comesUp(
  recipe: Recipe,
  endpoint: string,
  process: TiedProcess,
): Promise<{ tooSlow?: string } | undefined> {
  const { patienceMs = 30_000 } = recipe;
  const deadline = Date.now() + patienceMs;
  let last = 'it said nothing';
  while (process.running) {
    try {
      if (await recipe.answers(endpoint, process)) {
        return undefined;
      }
    } catch (error) {
      // Expected while nothing listens there yet; kept for the case that it stays so.
      last = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > deadline) {
      return { tooSlow: `did not answer within ${patienceMs / 1000} s: ${last}` };
    }
    await sleep(POLL_MS);
  }
  return {};
}

function running(name: Engine['name'], endpoint: string, process: TiedProcess): Engine {
  let stopping = false;
  return {
    name,
    endpoint,
    pid: process.pid,
    died: new Promise((resolve) => {
      void process.exited.then(({ how }) => {
        if (!stopping) {
          resolve([`The DynamoDB engine (${name}) ${how}.`, ...process.lastLines().slice(-5)].join('\n'));
        }
      });
    }),
    async stop() {
      stopping = true;
      await process.stop();
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
