import { unmarshall } from '@aws-sdk/util-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import { ticketBefore } from '../domain/changes';
import type { TicketEvent } from '../domain/events';
import { evolve } from '../domain/evolve';
import type { Ticket } from '../domain/ticket';
import { commentRow, ticketRow } from '../domain/view';
import { type Item, readEvent, UnreadableEvent } from '../functions/project/decode';

/** What is wrong with a ticket: in the log, where nothing can mend it, or in the view, which can be made again. */
export type Difference = LogDifference | ViewDifference;

export interface LogDifference {
  ticketId: string;
  /** A version is missing · it is not an event that this code reads · it carries another state than the facts lead to. */
  kind: 'version gap' | 'unreadable event' | 'broken fold';
  version: number;
  why: string;
}

export interface ViewDifference {
  ticketId: string;
  /** Of the view: not there · of an older version · not what its event says · of no event. */
  kind: 'missing row' | 'stale row' | 'wrong field' | 'orphan row';
  row: string;
  /** Of the first event that the row does not show as it should; of an orphan its own. */
  version: number;
  why: string;
}

/** A ticket's log and rows, and how they differ from what the log says they are to be. */
export interface Comparison {
  events: TicketEvent[];
  differences: Difference[];
}

type Row = Record<string, unknown> & { row: string; version?: number };

/** Compares a ticket's items of the log, in the order of their versions, with its rows of the view. */
export function compare(ticketId: string, log: Item[], view: Item[]): Comparison {
  const inLog: LogDifference[] = [];
  const inView: ViewDifference[] = [];
  const events = readAll(ticketId, log, inLog);
  compareFolds(ticketId, events, inLog);
  const rows = view.map((item) => unmarshall(item) as Row);
  compareRows(ticketId, events, rows, inView);
  return { events, differences: [...inLog, ...inView] };
}

/** Whether it may pass by itself: the projector has not come to the event yet. */
export function mayBeLag({ kind }: Difference): boolean {
  return kind === 'missing row' || kind === 'stale row';
}

/** What is wrong with a ticket's log alone. */
export function compareLog(ticketId: string, log: Item[]): LogDifference[] {
  const differences: LogDifference[] = [];
  compareFolds(ticketId, readAll(ticketId, log, differences), differences);
  return differences;
}

function readAll(ticketId: string, log: Item[], differences: LogDifference[]): TicketEvent[] {
  const events: TicketEvent[] = [];
  let expected = 1;
  for (const item of log) {
    const version = Number(item.version?.N);
    if (version > expected) {
      const missing = version - 1 > expected ? `versions ${expected} to ${version - 1} are` : `version ${expected} is`;
      differences.push({ ticketId, kind: 'version gap', version: expected, why: `${missing} missing` });
    }
    expected = version + 1;
    try {
      events.push(readEvent(item));
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) {
        throw error;
      }
      differences.push({ ticketId, kind: 'unreadable event', version, why: error.message });
    }
  }
  return events;
}

/** Folds what is without a break: behind one, the state that an event carries is the best there is. */
function compareFolds(ticketId: string, events: TicketEvent[], differences: LogDifference[]): void {
  let before: TicketEvent | undefined;
  for (const event of events) {
    const follows = before ? before.version === event.version - 1 : event.version === 1;
    const wrong = follows ? brokenFields(before?.ticket ?? null, event) : [];
    if (wrong.length > 0) {
      const why = `${wrong.join(', ')} of the ticket that it carries is not what the facts lead to`;
      differences.push({ ticketId, kind: 'broken fold', version: event.version, why });
    }
    before = event;
  }
}

function brokenFields(before: Ticket | null, event: TicketEvent): string[] {
  if ((before === null) !== (event.type === 'TicketCreated')) {
    return ['type'];
  }
  const claimed = ticketBefore(event);
  return [
    ...fieldsThatDiffer(evolve(before, event, event), event.ticket),
    // What the event says was before, as far as an event knows it.
    ...(before && claimed ? fieldsThatDiffer({ ...claimed, updatedAt: before.updatedAt }, before) : []),
  ];
}

function compareRows(ticketId: string, events: TicketEvent[], rows: Row[], differences: ViewDifference[]): void {
  const head = events.at(-1);
  const expected: Row[] = [
    ...(head ? [ticketRow(head.ticket) as unknown as Row] : []),
    ...events.flatMap((event) => (commentRow(event) as unknown as Row | null) ?? []),
  ];
  const found = new Map(rows.map((row) => [row.row, row]));
  for (const row of expected) {
    const there = found.get(row.row);
    found.delete(row.row);
    const version = firstMissing(row, there);
    const difference = there
      ? compareRow(row, there)
      : { kind: 'missing row' as const, why: `there is no row ${row.row}` };
    if (difference) {
      differences.push({ ticketId, row: row.row, version, ...difference });
    }
  }
  for (const [row, { version = 0 }] of found) {
    differences.push({ ticketId, kind: 'orphan row', row, version, why: `no event led to the row ${row}` });
  }
}

/** The first version that a row does not show: of a comment its own; of a ticket the one after the row's, or the first. */
function firstMissing(expected: Row, found: Row | undefined): number {
  const version = expected.version ?? 0;
  return expected.row === 'ticket' ? Math.min((found?.version ?? 0) + 1, version) : version;
}

function compareRow(expected: Row, found: Row): Pick<ViewDifference, 'kind' | 'why'> | undefined {
  const [now, then] = [expected.version ?? 0, found.version ?? 0];
  if (then > now) {
    return { kind: 'orphan row', why: `it is at version ${then}, and the log at ${now}` };
  }
  if (then < now) {
    return { kind: 'stale row', why: `it is at version ${then}, and the log at ${now}` };
  }
  // When a row came to the view is no difference: no event says it.
  const { arrived: _, ...stated } = found;
  const wrong = fieldsThatDiffer(expected, stated);
  return wrong.length === 0
    ? undefined
    : { kind: 'wrong field', why: `${wrong.join(', ')} is not what the event says` };
}

function fieldsThatDiffer(a: object, b: object): string[] {
  const [left, right] = [a, b] as Record<string, unknown>[];
  const names = new Set([...Object.keys(left!), ...Object.keys(right!)]);
  return [...names].filter((name) => !isDeepStrictEqual(left![name], right![name]));
}
