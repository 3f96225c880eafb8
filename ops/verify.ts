import { setTimeout as sleep } from 'node:timers/promises';
import { compare, type Difference, mayBeLag } from './compare';
import type { Deployment } from './deployment';
import { historiesIn, readTicket, ticketOf } from './history';
import { isTicketsRow, look } from './look';
import { firstEvents } from './orphans';
import { ProjectorProgress } from './projector-progress';
import { repair } from './repair';
import { pagesOf, type Progress, scan } from './scan';

export interface VerifyOptions {
  /** Make the view what the log says. */
  repair?: boolean;
  /** How long to wait without progress, in milliseconds, before lag counts as a difference. */
  patience?: number;
  progress?: Progress;
  /** Hears of each difference that stands. */
  found?: (difference: Difference) => void;
}

export interface Verification {
  events: number;
  tickets: number;
  differences: number;
  /** Of those, how many are mended. */
  repaired: number;
}

const PATIENCE_MS = 10_000;
const RETRY_MS = 200;

/**
 * Folds the whole log, and compares each event with the state that it carries, and each ticket's rows with its events.
 * The scans find suspects while others write; what counts is a second, strongly consistent look at each.
 */
export async function verify(deployment: Deployment, options: VerifyOptions = {}): Promise<Verification> {
  const { dynamodb, events, view } = deployment;
  const { progress = () => undefined, found = () => undefined } = options;
  const result: Verification = { events: 0, tickets: 0, differences: 0, repaired: 0 };
  const suspects = new Set<string>();

  await scan(
    dynamodb,
    { TableName: events },
    async (pages, segment) => {
      const seen = new Set<string>();
      for await (const { ticketId, items } of historiesIn(pages)) {
        result.events += items.length;
        result.tickets += 1;
        seen.add(ticketId);
        const rows = (await readTicket(dynamodb, view, ticketId)).filter(isTicketsRow);
        if (compare(ticketId, items, rows).differences.length > 0) {
          suspects.add(ticketId);
        }
      }
      // As a rule, the same segment of the view has the same tickets; what has not been seen is looked up.
      for await (const page of pagesOf(dynamodb, { ...keysOf(view), ...segment })) {
        const unseen = [...new Set(page.filter(isTicketsRow).map(ticketOf))].filter((ticketId) => !seen.has(ticketId));
        const known = await firstEvents(deployment, unseen);
        unseen.filter((ticketId) => !known.has(ticketId)).forEach((ticketId) => suspects.add(ticketId));
      }
    },
    progress,
  );

  const patience = options.patience ?? PATIENCE_MS;
  for await (const { ticketId, differences } of settled(deployment, [...suspects], patience)) {
    differences.forEach(found);
    result.differences += differences.length;
    if (options.repair && differences.length > 0) {
      result.repaired += differences.length - (await repair(deployment, ticketId)).left.length;
    }
  }
  return result;
}

interface Suspect {
  ticketId: string;
  /** The newest version when it was looked at first: what comes later is not waited for. */
  upTo: number;
}

/**
 * Looks at each suspect until the view has what the log had at the first look. It waits as long as the projector makes
 * progress, with these tickets or with what it has to do before them, and some time longer. What differs then is no lag.
 */
async function* settled(
  deployment: Deployment,
  ticketIds: string[],
  patience: number,
): AsyncIterable<{ ticketId: string; differences: Difference[] }> {
  let waiting = ticketIds.map((ticketId): Suspect => ({ ticketId, upTo: Infinity }));
  const projector = new ProjectorProgress(deployment);
  let progress = Date.now();
  while (waiting.length > 0) {
    const isLast = Date.now() - progress >= patience;
    const behind: Suspect[] = [];
    for (const { ticketId, upTo } of waiting) {
      const seen = await look(deployment, ticketId);
      const target = Math.min(upTo, seen.events.at(-1)?.version ?? 0);
      const differences = seen.differences.filter((one) => !(mayBeLag(one) && one.version > upTo));
      if (differences.some(mayBeLag) && !isLast) {
        behind.push({ ticketId, upTo: target });
      } else if (differences.length > 0) {
        yield { ticketId, differences };
      }
    }
    const hasFewer = behind.length < waiting.length;
    waiting = behind;
    if (waiting.length > 0) {
      if ((await projector.hasMoved()) || hasFewer) {
        progress = Date.now();
      }
      await sleep(RETRY_MS);
    }
  }
}

function keysOf(TableName: string) {
  return { TableName, ProjectionExpression: 'ticketId, #row', ExpressionAttributeNames: { '#row': 'row' } };
}
