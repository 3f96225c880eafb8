import { BatchWriteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import pLimit from 'p-limit';
import type { Ticket } from '../../domain/ticket';
import { ticketRow } from '../../domain/view';
import { TICKETS } from '../../test/support/http';
import { ask } from '../ask';
import { interleave, isFlat, type Measured, rateOf } from '../rounds';
import type { World } from '../world';

const BEGIN = Date.parse('2026-01-01T00:00:00.000Z');
const PAGES = 300;

function ticketOf(n: number): Ticket {
  const at = new Date(BEGIN + n * 1000).toISOString();
  return {
    ...{ id: `page-${n}`, version: 1, title: 'A title of some length', description: null, status: 'OPEN' },
    ...{
      priority: 'LOW',
      tags: ['vpn'],
      assignee: null,
      requester: 'ann',
      commentCount: 0,
      noteCount: 0,
      createdAt: at,
      updatedAt: at,
    },
  };
}

/** A page of 20 of a list of so many; the bare query of the index. `atFirst` is the same of the shortest list. */
export async function pageAt(world: World, from: number, to: number, atFirst?: Measured): Promise<Measured> {
  const { view } = world.deployment;
  const rows = Array.from({ length: to - from }, (_, n) => marshall(ticketRow(ticketOf(from + n))));
  const batches = Array.from({ length: Math.ceil(rows.length / 25) }, (_, i) => rows.slice(i * 25, i * 25 + 25));
  await pLimit(8).map(batches, (batch) =>
    world.client.send(
      new BatchWriteItemCommand({ RequestItems: { [view]: batch.map((Item) => ({ PutRequest: { Item } })) } }),
    ),
  );
  let units = 0;
  const spreads = await interleave(5, {
    subject: async () =>
      1000 / (await rateOf(PAGES, 1, () => ask(world.system.graphqlUrl, TICKETS, { order: 'DESC', limit: 20 }))),
    floor: async () =>
      1000 /
      (await rateOf(PAGES, 1, async () => {
        const { ConsumedCapacity } = await world.client.send(
          new QueryCommand({
            ...{ TableName: view, IndexName: 'byChange', ScanIndexForward: false, Limit: 22 },
            KeyConditionExpression: 'listing = :listing',
            ExpressionAttributeValues: { ':listing': { S: 'tickets' } },
            ReturnConsumedCapacity: 'TOTAL',
          }),
        );
        units = ConsumedCapacity?.CapacityUnits ?? NaN;
      })),
  });
  return {
    ...spreads,
    name: `a page of 20 of ${to.toLocaleString('en')} tickets`,
    ...{ unit: 'ms', better: 'less', goal: `${atFirst ? 'flat; ' : ''}≤ 1.5× the floor` },
    counts: { 'read units': units },
    met: spreads.subject.median <= 1.5 * spreads.floor!.median && (!atFirst || isFlat(atFirst, spreads)),
  };
}
