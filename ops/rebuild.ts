import {
  BatchWriteItemCommand,
  DescribeTableCommand,
  ResourceNotFoundException,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { TicketEvent } from '../domain/events';
import { type CommentRow, commentRow, ticketKey } from '../domain/view';
import { type Item, readEvent, UnreadableEvent } from '../functions/project/decode';
import { mergeTicket } from '../functions/project/merge';
import type { Deployment } from './deployment';
import { historiesIn, ticketOf } from './history';
import { OpsError } from './ops-error';
import { eventsAt } from './orphans';
import { removeOrphan } from './repair';
import { type Pages, pagesOf, type Progress, scan, type Segment } from './scan';
import { untilProcessed } from './unprocessed';

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

const TICKETS_AT_A_TIME = 16;
/** DynamoDB's limit of items in a request. */
const ITEMS_AT_A_TIME = 25;

/**
 * Makes the view anew while others write: each ticket's row becomes the state of its newest event, unless it is newer by
 * then; comments get their rows; rows that no event led to go. Nothing is pushed.
 */
export async function rebuild(deployment: Deployment, options: RebuildOptions = {}): Promise<Rebuild> {
  const { dynamodb, view, events } = deployment;
  const { dryRun = false, progress = () => undefined, unreadable = () => undefined } = options;
  const result: Rebuild = { events: 0, tickets: 0, comments: 0, orphans: 0, unreadable: 0 };

  const read = (item: Item): TicketEvent[] => {
    try {
      return [readEvent(item)];
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) {
        throw error;
      }
      result.unreadable += 1;
      unreadable(error.message);
      return [];
    }
  };

  /** Writes the rows that the events of a segment lead to. Their names. */
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
      comments.forEach((row) => names.add(nameOf(row)));
      if (head) {
        names.add(nameOf({ ...ticketKey(head.ticketId), version: head.version }));
      }
      if (head && !dryRun) {
        await writer.add(comments, head);
      }
    }
    await writer.flush();
    return names;
  };

  /** Removes the rows of a segment that no event led to. */
  const clean = async (segment: Segment, known: Set<string>): Promise<void> => {
    for await (const page of pagesOf(dynamodb, { ...rowsOf(view), ...segment })) {
      const unknown = page.filter((row) => !known.has(nameOf(unmarshall(row) as RowName)));
      const orphans = await orphansAmong(deployment, unknown);
      result.orphans += orphans.length;
      for (const row of dryRun ? [] : orphans) {
        await removeOrphan(row, dynamodb, view);
      }
    }
  };

  // Both tables are partitioned by the ticket, so that a segment of one and of the other hold the same tickets. Nothing but
  // speed depends on that: a row that is not known is looked up.
  await scan(dynamodb, { TableName: events }, async (pages, segment) => clean(segment, await write(pages)), progress);
  return result;
}

/** The deployment with another table as its view. Throws OpsError if there is none that could be one. */
export async function withView(deployment: Deployment, view: string): Promise<Deployment> {
  try {
    const [wanted, found] = await Promise.all([keyOf(deployment, deployment.view), keyOf(deployment, view)]);
    if (wanted !== found) {
      throw new OpsError(`The table ${view} has the key ${found}, and a view has ${wanted}.`);
    }
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      throw new OpsError(`There is no table ${view}. Deploy it beside the view first, then fill it.`);
    }
    throw error;
  }
  return { ...deployment, view };
}

async function keyOf({ dynamodb }: Deployment, tableName: string): Promise<string> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: tableName }));
  return (Table?.KeySchema ?? []).map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`).join(', ');
}

/** Rows whose event is not in the log, which is where it was before any row was. */
async function orphansAmong(deployment: Deployment, rows: Item[]): Promise<Item[]> {
  const keys = new Map(rows.map((row) => [eventOf(row), { ticketId: row.ticketId!, version: row.version! }]));
  const events = await eventsAt(deployment, [...keys.values()]);
  const types = new Map(events.map((event) => [eventOf(event), event.type?.S]));
  return rows.filter((row) => {
    const type = types.get(eventOf(row));
    return type === undefined || (row.row?.S !== 'ticket' && type !== 'TicketCommented');
  });
}

interface RowName {
  ticketId: string;
  row: string;
  version: number;
}

/** Tells a row from all others, and from what it was or will be at another version. */
function nameOf({ ticketId, row, version }: RowName): string {
  return `${version} ${row} of ${ticketId}`;
}

function rowsOf(TableName: string) {
  return {
    TableName,
    ProjectionExpression: 'ticketId, #row, version',
    ExpressionAttributeNames: { '#row': 'row' },
  };
}

function eventOf(item: Item): string {
  return `${item.version?.N} of ${ticketOf(item)}`;
}

/** Writes comments, which never change, without a condition, many in a request; tickets, which do, each with its own. */
class RowWriter {
  private readonly comments: CommentRow[] = [];
  private readonly heads: TicketEvent[] = [];

  constructor(private readonly deployment: Deployment) {}

  async add(comments: CommentRow[], head: TicketEvent): Promise<void> {
    this.comments.push(...comments);
    this.heads.push(head);
    while (this.comments.length >= ITEMS_AT_A_TIME) {
      await this.writeComments();
    }
    if (this.heads.length >= TICKETS_AT_A_TIME) {
      await this.mergeTickets();
    }
  }

  async flush(): Promise<void> {
    await this.writeComments();
    await this.mergeTickets();
  }

  private async writeComments(): Promise<void> {
    const { dynamodb, view } = this.deployment;
    const batch = this.comments
      .splice(0, ITEMS_AT_A_TIME)
      .map((row): WriteRequest => ({ PutRequest: { Item: marshall(row) } }));
    await untilProcessed(batch, async (left) => {
      const { UnprocessedItems } = await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [view]: left } }));
      return UnprocessedItems?.[view] ?? [];
    });
  }

  private async mergeTickets(): Promise<void> {
    const { dynamodb, view } = this.deployment;
    const target = { client: dynamodb, tableName: view };
    await Promise.all(this.heads.splice(0).map((head) => mergeTicket(head, target, { repair: true })));
  }
}
