import { DeleteItemCommand, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { TableProperties } from 'local-appsync/dynamodb';
import type { TicketEvent } from '../../domain/events';
import { create, happened, update } from '../../test/domain/specification';
import { CREATE, UPDATE } from '../../test/support/http';
import { ask } from '../ask';
import type { Castore } from '../peers';
import { interleave, isFlat, type Measured, rateOf } from '../rounds';
import { Meter, type World } from '../world';

const TITLE = 'Printer on fire';

/** castore's table: the same but for the names of its keys. */
export function castoreTable(same: TableProperties): TableProperties {
  return JSON.parse(JSON.stringify(same).replaceAll('"ticketId"', '"aggregateId"')) as TableProperties;
}

/** `createTicket` over HTTP and GraphQL; one conditional put; castore's push of an event. */
export async function append(world: World, castore: Castore, inFlight: number, count: number): Promise<Measured> {
  const floor = await world.table('FloorEvents', 'Events');
  let run = 0;
  const [event] = happened([create({ title: TITLE })]) as [TicketEvent];
  const spreads = await interleave(5, {
    subject: async () => {
      run += 1;
      const id = (n: number) => `append-${inFlight}-${run}-${n}`;
      const rate = await rateOf(count, inFlight, (n) =>
        ask(world.system.graphqlUrl, CREATE, { input: { id: id(n), title: TITLE } }),
      );
      // What follows from it is not to burden the others.
      await Promise.all([...Array(10).keys()].map((n) => world.settled(id(count - n), 1)));
      return rate;
    },
    floor: () =>
      rateOf(count, inFlight, (n) => {
        const Item = marshall({ ...event, ticketId: `floor-${inFlight}-${run}-${n}` });
        return world.client.send(
          new PutItemCommand({ TableName: floor, Item, ConditionExpression: 'attribute_not_exists(version)' }),
        );
      }),
    peer: () => rateOf(count, inFlight, (n) => castore.create(`peer-${inFlight}-${run}-${n}`, event.data)),
  });
  const met = spreads.subject.median >= 0.6 * spreads.floor!.median;
  return {
    ...spreads,
    name: `createTicket, ${inFlight} in flight${world.projects ? ', with all that follows' : ''}`,
    ...{ unit: 'per second', better: 'more', goal: '≥ 60% of the floor', met },
  };
}

const UPDATES = 100;
/** A folded history of 10,000 takes a fifth of a second. */
const PEER_UPDATES = 25;

/**
 * `updateTicket` at a history of some length; a strong query and a conditional put; castore's fold and push. `atFirst` is
 * the same at the shortest.
 */
export async function updateAt(
  world: World,
  castore: Castore,
  castoreMeter: Meter,
  length: number,
  atFirst: Measured | undefined,
): Promise<Measured> {
  const floor = await world.table('FloorEvents', 'Events');
  const id = `history-${length}`;
  const ticketId = id;
  // castore puts the store's name before the id.
  const peerKey = (version: number) => ({ aggregateId: `TICKETS#${id}`, version });
  const commands = [
    create({ ticketId, title: TITLE }),
    ...Array.from({ length: length - 1 }, (_, n) => update({ ticketId, title: `Title ${n}` })),
  ];
  const events = happened(commands);
  const { events: log } = world.deployment;
  await rateOf(events.length, 32, async (n) => {
    const event = events[n - 1]!;
    await world.put(log, event);
    await world.put(floor, event);
    await world.put('CastoreEvents', {
      ...peerKey(event.version),
      ...{ type: event.type, timestamp: event.at, payload: { title: TITLE } },
    });
  });
  await world.settled(id, length);

  let head = length;
  let floorHead = length;
  let version = length;
  let peerUpdates = 0;
  castoreMeter.take();
  const spreads = await interleave(5, {
    subject: async () => {
      const rate = await rateOf(UPDATES, 1, async () => {
        const input = { id, title: `Now ${(head += 1)}` };
        ({ version } = (await ask(world.system.graphqlUrl, UPDATE, { input })).updateTicket);
      });
      await world.settled(id, version);
      return 1000 / rate;
    },
    floor: async () => {
      const rate = await rateOf(UPDATES, 1, async () => {
        const { Items } = await world.client.send(
          new QueryCommand({
            TableName: floor,
            KeyConditionExpression: 'ticketId = :id',
            ExpressionAttributeValues: { ':id': { S: id } },
            ...{ ScanIndexForward: false, Limit: 1, ConsistentRead: true },
          }),
        );
        const Item = { ...Items![0]!, version: { N: String((floorHead += 1)) } };
        await world.client.send(
          new PutItemCommand({ TableName: floor, Item, ConditionExpression: 'attribute_not_exists(version)' }),
        );
      });
      return 1000 / rate;
    },
    peer: async () => {
      let time = 0;
      for (let n = 0; n < PEER_UPDATES; n += 1) {
        const began = performance.now();
        await castore.update(id, { title: `Now ${n}` });
        time += performance.now() - began;
        peerUpdates += 1;
        // Its history is to have the same length for each.
        await world.client.send(
          new DeleteItemCommand({ TableName: 'CastoreEvents', Key: marshall(peerKey(length + 1)) }),
        );
      }
      return time / PEER_UPDATES;
    },
  });
  const peerReads = castoreMeter.take().reads / peerUpdates;
  // One query for the head and one put, as test/loop/capacity.test.ts counts them; here for a ticket this small.
  const { ConsumedCapacity: read } = await world.client.send(
    new GetItemCommand({
      TableName: log,
      Key: { ticketId: { S: id }, version: { N: String(version) } },
      ...{ ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' },
    }),
  );
  const reads = read?.CapacityUnits ?? NaN;
  const { subject, peer } = spreads;
  const goals: [string, boolean][] = atFirst
    ? [
        ['flat', isFlat(atFirst, spreads) && reads === atFirst.counts![READS]],
        ['ahead of castore', subject.median < peer!.median],
        ...(length >= 1_000 ? [['≥ 20× fewer read units', peerReads >= 20 * reads] as [string, boolean]] : []),
      ]
    : [];
  return {
    ...spreads,
    name: `updateTicket at ${length.toLocaleString('en')} events`,
    ...{ unit: 'ms', better: 'less', goal: goals.map(([goal]) => goal).join('; ') || '–' },
    counts: { [READS]: reads, 'read units of the peer': peerReads },
    met: goals.every(([, met]) => met),
  };
}

const READS = 'read units';
