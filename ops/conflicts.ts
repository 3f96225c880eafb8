import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import type { Deployment } from './deployment';
import type { EventLine } from './export-file';
import { readTicket } from './history';

/** Whether the log has no event at all: nothing can be in the way then. */
export async function isEmpty({ dynamodb, events }: Deployment): Promise<boolean> {
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: events, Limit: 1, ConsistentRead: true }));
  return Items.length === 0;
}

/** The first event of a ticket's history in whose place the log has another one. */
export async function conflictWith(
  { dynamodb, events }: Deployment,
  history: EventLine[],
): Promise<EventLine | undefined> {
  const { ticketId } = history[0]!.event;
  const items = await readTicket(dynamodb, events, ticketId);
  const there = new Map(items.map((item) => [Number(item.version?.N), item]));
  return history.find(({ event }) => {
    const item = there.get(event.version);
    return item !== undefined && !isDeepStrictEqual(unmarshall(item), event);
  });
}
