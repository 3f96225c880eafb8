import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { TicketEvent } from '../domain/events';
import { commentRow, ticketRow } from '../domain/view';
import type { Item } from '../functions/project/decode';
import { HistoryCheck, type LogDifference } from './check-history';
import { fieldsThatDiffer } from './fields-that-differ';

/** What is wrong with a ticket: in the log, which nothing here changes, or in the view, which can be made again. */
export type Difference = LogDifference | ViewDifference;

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
  /** Those that can be read. */
  events: TicketEvent[];
  differences: Difference[];
}

type Row = Record<string, unknown> & { row: string };

/** Compares a ticket's items of the log, in the order of their versions, with its rows of the view. */
export function compare(ticketId: string, log: Item[], view: Item[]): Comparison {
  const history = new HistoryCheck(ticketId);
  const inLog = log.flatMap((item) => history.item(item));
  const inView: ViewDifference[] = [];
  const rows = view.map(readRow);
  compareRows(ticketId, history.events, rows, inView);
  return { events: history.events, differences: [...inLog, ...inView] };
}

/** A row with what JavaScript can't have is one that has nothing but its key. */
function readRow(item: Item): Row {
  try {
    return unmarshall(item) as Row;
  } catch {
    return { ticketId: item.ticketId?.S, row: item.row?.S ?? '' };
  }
}

/** Whether it may pass by itself: the projector has not come to the event yet. */
export function mayBeLag({ kind }: Difference): boolean {
  return kind === 'missing row' || kind === 'stale row';
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
    const difference = there
      ? compareRow(row, there)
      : { kind: 'missing row' as const, why: `there is no row ${row.row}` };
    if (difference) {
      const version = there && difference.kind === 'orphan row' ? versionOf(there) : firstMissing(row, there);
      differences.push({ ticketId, row: row.row, version, ...difference });
    }
  }
  for (const [name, row] of found) {
    const version = versionOf(row);
    differences.push({ ticketId, kind: 'orphan row', row: name, version, why: `no event led to the row ${name}` });
  }
}

/** The first version that a row does not show: of a comment its own; of a ticket the one after the row's, or the first. */
function firstMissing(expected: Row, found: Row | undefined): number {
  const version = versionOf(expected);
  return expected.row === 'ticket' ? Math.min((found ? versionOf(found) : 0) + 1, version) : version;
}

/** 0 if the row has no version that is a number. */
function versionOf({ version }: Row): number {
  return typeof version === 'number' ? version : 0;
}

function compareRow(expected: Row, found: Row): Pick<ViewDifference, 'kind' | 'why'> | undefined {
  const [now, then] = [versionOf(expected), versionOf(found)];
  if (then > now) {
    return { kind: 'orphan row', why: `it is at version ${then}, and the newest event that can be read at ${now}` };
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
