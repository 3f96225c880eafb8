import { BatchWriteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import pLimit from 'p-limit';
import type { TicketEvent } from '../../domain/events';
import type { Ticket } from '../../domain/ticket';
import { commentRow, lateRow, ticketRow, type TicketRow } from '../../domain/view';
import type { Item } from '../../functions/project/decode';
import { type Projection, project } from '../../functions/project/project';
import { historyOf } from '../../ops/histories';
import { rebuild } from '../../ops/rebuild';
import { type Pages, scan } from '../../ops/scan';
import { type Contenders, interleave, type Measured } from '../rounds';
import type { World } from '../world';

const BATCH = 100;

function silent() {
  return undefined;
}

function published() {
  return Promise.resolve();
}

/** Nothing fails, so nothing has to be handed over, and time does not matter. */
const UNDISTURBED = { merged: silent, publish: published, refused: published, hasTime: () => true };

function batchesOf<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

function recordOf(event: TicketEvent): DynamoDBRecord {
  return {
    eventName: 'INSERT',
    dynamodb: { NewImage: marshall(event) as never, SequenceNumber: `${event.ticketId}/${event.version}` },
  };
}

/** Rows as the view is to have them in the end, one for each ticket and comment. */
function rowsOf(events: TicketEvent[], rowOf: (ticket: Ticket) => TicketRow = ticketRow): Item[] {
  const newest = new Map(events.map((event) => [event.ticketId, event]));
  return [
    ...events.flatMap((event) => commentRow(event) ?? []),
    ...[...newest.values()].map(({ ticket }) => rowOf(ticket)),
  ].map((row) => marshall(row));
}

/**
 * Events a second through the projector's batches, without what it publishes; the bare conditional writes of the rows of
 * each batch; the same events one by one.
 */
export async function projection(world: World): Promise<Measured> {
  let run = 0;
  const fresh = async (what: string) => world.table(`${what}View${(run += 1)}`, 'View');
  // As they come from a stream: many tickets at a time, and bursts of one.
  const histories = Array.from({ length: 200 }, (_, n) => historyOf(7, n));
  const batches = batchesOf(histories.flat(), BATCH).map((events) => events.map(recordOf));
  const events = histories.flat();
  const rate = async (work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    return (events.length * 1000) / (performance.now() - began);
  };
  const into = (tableName: string): Projection => ({
    // The events are old, and to be projected as if they had just happened.
    view: { client: world.client, tableName, now: () => 0 },
    ...UNDISTURBED,
    log: ({ error }) => {
      throw error;
    },
  });
  const spreads = await interleave(5, {
    subject: async () => {
      const target = into(await fresh('Subject'));
      return rate(async () => {
        for (const batch of batches) {
          await project(batch, target);
        }
      });
    },
    floor: async () => {
      const TableName = await fresh('Floor');
      const limit = pLimit(10);
      return rate(async () => {
        for (const batch of batchesOf(events, BATCH)) {
          await limit.map(rowsOf(batch), (Item) =>
            world.client.send(
              new PutItemCommand({
                TableName,
                Item,
                ConditionExpression: 'attribute_not_exists(ticketId) OR #version <= :version',
                ExpressionAttributeNames: { '#version': 'version' },
                ExpressionAttributeValues: { ':version': Item.version! },
              }),
            ),
          );
        }
      });
    },
    peer: async () => {
      const target = into(await fresh('Peer'));
      return rate(async () => {
        for (const record of batches.flat()) {
          await project([record], target);
        }
      });
    },
  });
  return {
    ...spreads,
    name: 'projection, without publishing',
    ...{ unit: 'events per second', better: 'more', goal: '≥ 80% of the floor' },
    counts: {
      events: events.length,
      'rows written': batchesOf(events, BATCH).flatMap((batch) => rowsOf(batch)).length,
    },
    met: spreads.subject.median >= 0.8 * spreads.floor!.median,
  };
}

/**
 * Events a second of a rebuild; a parallel scan and batch writes of the final rows; a replay event by event, of the first
 * twentieth of them. Each runs for so long that it needs no warming up.
 */
export async function rebuilding(world: World, count: number): Promise<Measured> {
  const { deployment, client } = world;
  const log = await world.table('RebuildEvents', 'Events');
  const all = Array.from({ length: Math.ceil(count / 5) }, (_, n) => historyOf(9, n)).flat();
  const limit = pLimit(16);
  await limit.map(batchesOf(all, 25), (batch) =>
    client.send(
      new BatchWriteItemCommand({
        RequestItems: { [log]: batch.map((event) => ({ PutRequest: { Item: marshall(event) } })) },
      }),
    ),
  );
  // All are old, so all that a rebuild brings is late.
  const arrivedAt = new Date().toISOString();
  const rows = rowsOf(all, (ticket) => lateRow(ticket, arrivedAt));
  let run = 0;
  const fresh = () => world.table(`Rebuilt${(run += 1)}`, 'View');
  const rate = async (events: TicketEvent[], work: (view: string) => Promise<unknown>) => {
    const view = await fresh();
    const began = performance.now();
    await work(view);
    return (events.length * 1000) / (performance.now() - began);
  };
  const some = all.slice(0, all.length / 20);
  const contenders: Contenders = {
    subject: () => rate(all, (view) => rebuild({ ...deployment, events: log, view })),
    floor: () =>
      rate(all, async (view) => {
        await scan(client, { TableName: log }, async (pages) => void (await drain(pages)), silent);
        await limit.map(batchesOf(rows, 25), (batch) =>
          client.send(
            new BatchWriteItemCommand({ RequestItems: { [view]: batch.map((Item) => ({ PutRequest: { Item } })) } }),
          ),
        );
      }),
    peer: () =>
      rate(some, async (tableName) => {
        const target = { ...UNDISTURBED, view: { client, tableName }, log: silent };
        for (const event of some) {
          await project([recordOf(event)], target);
        }
      }),
  };
  const spreads = await interleave(3, contenders, { warmUp: false });
  const { subject, floor, peer } = spreads;
  return {
    ...spreads,
    name: `rebuild of ${all.length.toLocaleString('en')} events`,
    ...{ unit: 'events per second', better: 'more', goal: '≥ 70% of the floor, ≥ 3× the peer' },
    counts: { rows: rows.length },
    met: subject.median >= 0.7 * floor!.median && subject.median >= 3 * peer!.median,
  };
}

async function drain(pages: Pages): Promise<number> {
  let count = 0;
  for await (const page of pages) {
    count += page.length;
  }
  return count;
}
