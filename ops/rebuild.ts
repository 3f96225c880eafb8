import type { TicketEvent } from '../domain/events';
import { commentRow, ticketKey } from '../domain/view';
import { type Item, readEvent, UnreadableEvent } from '../functions/project/decode';
import type { Deployment } from './deployment';
import { historiesIn, ticketOf } from './history';
import { isTicketsRow, look } from './look';
import { eventsAt } from './orphans';
import { repair } from './repair';
import { RowWriter } from './row-writer';
import { type Pages, pagesOf, type Progress, scan, type Segment } from './scan';

export interface RebuildOptions {
  /** Count, and write nothing. */
  dryRun?: boolean;
  progress?: Progress;
  /** Hears of each event that this code can't read; its ticket is rebuilt from the others. */
  unreadable?: (why: string) => void;
}

export interface Rebuild {
  events: number;
  tickets: number;
  comments: number;
  /** Rows that no event led to. */
  orphans: number;
  unreadable: number;
}

/**
 * Makes the view anew while others write: each ticket's row becomes the state of its newest event, unless it is newer by
 * then; comments get their rows; rows that no event led to go. Nothing is pushed.
 */
export async function rebuild(deployment: Deployment, options: RebuildOptions = {}): Promise<Rebuild> {
  const { dynamodb, view, events } = deployment;
  const { dryRun = false, progress = () => undefined, unreadable = () => undefined } = options;
  const result: Rebuild = { events: 0, tickets: 0, comments: 0, orphans: 0, unreadable: 0 };

  const read = (item: Item): TicketEvent[] =>
    readable(item, (why) => {
      result.unreadable += 1;
      unreadable(why);
    });

  /** Writes the rows that the events of a segment lead to. Returns their names. */
  const write = async (pages: Pages): Promise<Set<string>> => {
    const names = new Set<string>();
    const writer = new RowWriter(deployment);
    for await (const { items } of historiesIn(pages)) {
      const history = items.flatMap(read);
      const comments = history.map(commentRow).filter((row) => row !== null);
      const head = history.at(-1);
      result.events += items.length;
      result.tickets += 1;
      result.comments += comments.length;
      comments.forEach(({ ticketId, row, version }) => names.add(nameOf(ticketId, row, version)));
      if (head) {
        names.add(ticketRowName(head));
      }
      if (head && !dryRun) {
        await writer.add(comments, head);
      }
    }
    await writer.flush();
    return names;
  };

  /** Puts right what the events of a segment could not: rows that no event led to, or that keep others from being written. */
  const clean = async (segment: Segment, known: Set<string>): Promise<void> => {
    for await (const page of pagesOf(dynamodb, { ...rowsOf(view), ...segment })) {
      const unknown = page.filter((row) => isTicketsRow(row) && !known.has(nameIn(row)));
      for (const ticketId of await suspectsAmong(deployment, unknown)) {
        const found = dryRun
          ? (await look(deployment, ticketId)).differences
          : (await repair(deployment, ticketId)).found;
        result.orphans += found.filter(({ kind }) => kind === 'orphan row').length;
      }
    }
  };

  // Both tables are partitioned by the ticket, so that a segment of one and of the other hold the same tickets. Nothing but
  // speed depends on that: a row that is not known is looked up.
  await scan(dynamodb, { TableName: events }, async (pages, segment) => clean(segment, await write(pages)), progress);
  return result;
}

/** Tickets with a row that no event of the log leads to, whether it is the newest one or not. */
async function suspectsAmong(deployment: Deployment, rows: Item[]): Promise<Set<string>> {
  const keys = new Map(
    rows.flatMap(({ ticketId, version }): [string, Item][] =>
      version?.N === undefined ? [] : [[`${version.N} ${ticketId!.S}`, { ticketId: ticketId!, version }]],
    ),
  );
  const events = (await eventsAt(deployment, [...keys.values()])).flatMap((item) => readable(item));
  const right = new Set(
    events.flatMap((event) => {
      const comment = commentRow(event);
      return [ticketRowName(event), ...(comment ? [nameOf(comment.ticketId, comment.row, comment.version)] : [])];
    }),
  );
  return new Set(rows.filter((row) => !right.has(nameIn(row))).map(ticketOf));
}

/** The event of an item, or nothing if it can't be read. */
function readable(item: Item, unreadable: (why: string) => void = () => undefined): TicketEvent[] {
  try {
    return [readEvent(item)];
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) {
      throw error;
    }
    unreadable(error.message);
    return [];
  }
}

function ticketRowName({ ticketId, version }: TicketEvent): string {
  return nameOf(ticketId, ticketKey(ticketId).row, version);
}

function nameIn(row: Item): string {
  return nameOf(ticketOf(row), row.row?.S, row.version?.N);
}

/** Tells a row from all others, and from what it was or will be at another version. */
function nameOf(ticketId: string, row: string | undefined, version: number | string | undefined): string {
  return `${version} ${row} of ${ticketId}`;
}

function rowsOf(TableName: string) {
  return {
    TableName,
    ProjectionExpression: 'ticketId, #row, version',
    ExpressionAttributeNames: { '#row': 'row' },
  };
}
