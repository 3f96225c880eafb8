import pLimit from 'p-limit';
import { append } from './append';
import type { Deployment } from './deployment';
import { historyOf } from './histories';
import type { Progress } from './scan';

export interface LoadOptions {
  tickets: number;
  seed: number;
  /** Tickets that are written at a time. */
  concurrency?: number;
  /** Make the histories, and write nothing. */
  dryRun?: boolean;
  progress?: Progress;
}

export interface Load {
  tickets: number;
  events: number;
  /** Of those, how many were there already: of the same load before. */
  alreadyThere: number;
}

/**
 * Writes tickets with histories into the log, the same ones for the same seed; one that was broken off goes on. The
 * projector does the rest, as for any event. Throws OpsError if the log has other events in their place.
 */
export async function load(deployment: Deployment, options: LoadOptions): Promise<Load> {
  const { tickets, seed, concurrency = 32, dryRun = false, progress = () => undefined } = options;
  const result: Load = { tickets: 0, events: 0, alreadyThere: 0 };
  const limit = pLimit(concurrency);
  progress(0, tickets);
  // Memory holds a stretch of tickets, however many there are.
  for (let from = 0; from < tickets; from += concurrency * 8) {
    const stretch = Array.from({ length: Math.min(concurrency * 8, tickets - from) }, (_, i) => from + i);
    await limit.map(stretch, async (n) => {
      for (const event of historyOf(seed, n)) {
        const appended = dryRun ? 'written' : await append(event, deployment);
        result.events += 1;
        result.alreadyThere += appended === 'there already' ? 1 : 0;
      }
      result.tickets += 1;
      progress(result.tickets, tickets);
    });
  }
  return result;
}
