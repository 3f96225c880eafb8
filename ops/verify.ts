import { setTimeout as sleep } from 'node:timers/promises';
import { compare, type Comparison, type Difference, mayBeLag } from './compare';
import type { Deployment } from './deployment';
import { historiesIn, readTicket, ticketOf } from './history';
import { firstEvents } from './orphans';
import { removeOrphan, restore } from './repair';
import { type Progress, scan } from './scan';

export interface VerifyOptions {
  /** Make the view what the log says. */
  repair?: boolean;
  /** How long the projector may take to come to an event, in milliseconds. */
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
    async (pages) => {
      for await (const { ticketId, items } of historiesIn(pages)) {
        result.events += items.length;
        result.tickets += 1;
        const rows = await readTicket(dynamodb, view, ticketId);
        if (compare(ticketId, items, rows).differences.length > 0) {
          suspects.add(ticketId);
        }
      }
    },
    (done, total) => progress(done, total * 2),
  );
  await scan(
    dynamodb,
    { TableName: view, ProjectionExpression: 'ticketId' },
    async (pages) => {
      for await (const page of pages) {
        const tickets = [...new Set(page.map(ticketOf))];
        const known = await firstEvents(deployment, tickets);
        tickets.filter((ticketId) => !known.has(ticketId)).forEach((ticketId) => suspects.add(ticketId));
      }
    },
    (done, total) => progress(total + done, total * 2),
  );

  for (const ticketId of suspects) {
    const { differences } = await settle(deployment, ticketId, options.patience ?? PATIENCE_MS);
    differences.forEach(found);
    result.differences += differences.length;
    if (options.repair && differences.length > 0) {
      result.repaired += differences.length - (await repair(deployment, ticketId)).length;
    }
  }
  return result;
}

interface Look extends Comparison {
  rows: Awaited<ReturnType<typeof readTicket>>;
}

/** The rows first: what is in the view is in the log by then. */
async function look({ dynamodb, events, view }: Deployment, ticketId: string): Promise<Look> {
  const rows = await readTicket(dynamodb, view, ticketId);
  return { rows, ...compare(ticketId, await readTicket(dynamodb, events, ticketId), rows) };
}

/** Looks again while it may be that the projector has not come to the newest event yet. */
async function settle(deployment: Deployment, ticketId: string, patience: number): Promise<Look> {
  for (;;) {
    const seen = await look(deployment, ticketId);
    const age = Date.now() - Date.parse(seen.events.at(-1)?.at ?? '');
    if (!seen.differences.some(mayBeLag) || !(age < patience)) {
      return seen;
    }
    await sleep(RETRY_MS);
  }
}

/** Mends the ticket's rows; what differs still. */
async function repair(deployment: Deployment, ticketId: string): Promise<Difference[]> {
  const { dynamodb, view } = deployment;
  const { rows, events, differences } = await look(deployment, ticketId);
  const orphans = new Set(differences.flatMap((found) => (found.kind === 'orphan row' ? [found.row] : [])));
  for (const row of rows.filter(({ row }) => orphans.has(row?.S ?? ''))) {
    await removeOrphan(row, dynamodb, view);
  }
  await restore(events, dynamodb, view);
  return (await look(deployment, ticketId)).differences;
}
