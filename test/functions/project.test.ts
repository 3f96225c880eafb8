import { ConditionalCheckFailedException, type PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { EVENT_SCHEMA, type TicketEvent } from '../../domain/events';
import { type CommentRow, commentRow, lateRow, ticketRow, type TicketRow } from '../../domain/view';
import { LATE_AFTER_MS } from '../../functions/project/lag';
import { type Projection, project } from '../../functions/project/project';
import { publish } from '../../functions/project/publish';
import { historyOf } from '../../ops/histories';
import eventsOfSchema1 from '../domain/events-of-schema-1.json';
import { comment, create, happened, update } from '../domain/specification';

type Answer = { status: number; body: unknown } | 'none' | Promise<never>;
interface Published {
  variables: { change: { id: string; version: number; audience: string; changes: { from: string }[] } };
}

/** A view that keeps the merge's condition, and an API that answers as it is told. */
class World {
  readonly rows = new Map<string, TicketRow>();
  readonly comments = new Map<string, CommentRow>();
  readonly published: string[] = [];
  readonly audiences: string[] = [];
  readonly authorizations: (string | undefined)[] = [];
  readonly failures: string[] = [];
  /** What the view was said to have. */
  readonly shown: string[] = [];
  /** The projector's clock. At first nothing is late. */
  now = 0;
  answer: (change: Published['variables']['change']) => Answer = () => ({ status: 200, body: { data: {} } });
  /** What the API refused, for whoever tries it apart. */
  readonly handedOver: string[] = [];
  handOver = (name: string): Promise<void> => {
    this.handedOver.push(name);
    return Promise.resolve();
  };
  hasTime = () => true;
  put: (row: TicketRow | CommentRow) => void = () => undefined;

  private readonly server = createServer((request, response) => {
    void (json(request) as Promise<Published>).then(({ variables: { change } }) => {
      this.authorizations.push(request.headers.authorization);
      const answer = this.answer(change);
      if (answer instanceof Promise) {
        return;
      }
      if (answer === 'none') {
        response.destroy();
        return;
      }
      const { status, body } = answer;
      if (status === 200) {
        this.published.push(`${change.id}/${change.version}`);
        this.audiences.push(change.audience);
      }
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });

  async start(): Promise<Projection> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as AddressInfo;
    const api = {
      url: `http://127.0.0.1:${port}/graphql`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'A', secretAccessKey: 'S' },
    };
    return {
      view: {
        tableName: 'View',
        client: { send: (command: PutItemCommand) => this.send(command) } as never,
        now: () => this.now,
      },
      publish: (event) => publish(event, api),
      refused: ({ ticketId, version }) => this.handOver(`${ticketId}/${version}`),
      hasTime: () => this.hasTime(),
      merged: (events) => this.shown.push(...events.map(({ ticketId, version }) => `${ticketId}/${version}`)),
      log: ({ message, error }) => this.failures.push(`${message}: ${String(error)}`),
    };
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private send({ input }: PutItemCommand): Promise<void> {
    const row = unmarshall(input.Item!) as TicketRow | CommentRow;
    this.put(row);
    if (!('listing' in row)) {
      this.comments.set(`${row.ticketId}/${row.row}`, row);
      return Promise.resolve();
    }
    const there = this.rows.get(row.ticketId);
    const mayEqual = input.ConditionExpression!.includes('<= :version');
    if (there && (mayEqual ? there.version > row.version : there.version >= row.version)) {
      return Promise.reject(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
    }
    this.rows.set(row.ticketId, row);
    return Promise.resolve();
  }
}

function record(event: TicketEvent): DynamoDBRecord {
  return {
    eventName: 'INSERT',
    dynamodb: { NewImage: marshall(event) as never, SequenceNumber: `${event.ticketId}/${event.version}` },
  };
}

function history(ticketId: string, length: number) {
  return happened([
    create({ ticketId }),
    ...Array.from({ length: length - 1 }, (_, i) => update({ ticketId, title: `${i}` })),
  ]);
}

describe('the projector', () => {
  let world: World;
  let projection: Projection;
  beforeEach(async () => {
    world = new World();
    projection = await world.start();
  });
  afterEach(() => world.stop());

  const run = (events: TicketEvent[]) => project(events.map(record), projection);
  /** Batch by batch, for what is about the view alone: thousands of pushes would say nothing of it. */
  const mergeAll = async (events: TicketEvent[], batchSize: number, before: () => void) => {
    for (let at = 0; at < events.length; at += batchSize) {
      before();
      const batch = events.slice(at, at + batchSize).map(record);
      await project(batch, { ...projection, publish: () => Promise.resolve() });
    }
  };

  test('merges each ticket once and publishes each event, in the order of versions', async () => {
    const puts: string[] = [];
    world.put = ({ ticketId, version }) => puts.push(`${ticketId}/${version}`);
    const [one, two, three] = history('T1', 3) as [TicketEvent, TicketEvent, TicketEvent];
    expect(await run([two, three, one])).toEqual({ batchItemFailures: [] });
    expect(puts).toEqual(['T1/3']);
    expect(world.rows.get('T1')).toEqual(ticketRow(three.ticket));
    expect(world.published).toEqual(['T1/1', 'T1/2', 'T1/3']);
    expect(world.shown).toEqual(['T1/1', 'T1/2', 'T1/3']);
    expect(world.authorizations[0]).toMatch(/^AWS4-HMAC-SHA256 Credential=A\/\d{8}\/us-east-1\/appsync\/aws4_request/);
  });

  test('a burst of a hundred events of a ticket is one write of its row, and a push each', async () => {
    let puts = 0;
    world.put = () => (puts += 1);
    await run(history('T1', 100));
    expect(puts).toBe(1);
    expect(world.published).toHaveLength(100);
  });

  test('any order, repetition and split into batches of any history gives the same view, but for when it came', async () => {
    const deliveries = fc
      .nat()
      .map((seed) => [historyOf(seed, 0), historyOf(seed, 1)])
      .chain((histories) =>
        fc.record({
          histories: fc.constant(histories),
          order: fc.shuffledSubarray([...histories, ...histories].flat(), { minLength: histories.flat().length * 2 }),
          size: fc.integer({ min: 1, max: histories.flat().length * 2 }),
          // Some batches are late, and some not.
          clocks: fc.infiniteStream(fc.constantFrom(0, Date.parse('2030-01-01'), Date.parse('2031-01-01'))),
        }),
      );
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ histories, order, size, clocks }) => {
        world.rows.clear();
        world.comments.clear();
        await mergeAll(order, size, () => (world.now = clocks.next().value as number));
        const rows = [...world.rows].map(([id, { arrived: _, ...row }]) => [id, row] as const);
        expect(Object.fromEntries(rows)).toEqual(
          Object.fromEntries(histories.map((events) => [events[0]!.ticketId, ticketRow(events.at(-1)!.ticket)])),
        );
        const comments = histories.flat().flatMap((event) => commentRow(event) ?? []);
        expect(Object.fromEntries(world.comments)).toEqual(
          Object.fromEntries(comments.map((comment) => [`${comment.ticketId}/${comment.row}`, comment])),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test('writes a row for each comment and then one for the ticket, so that no ticket counts what is yet to come', async () => {
    const puts: string[] = [];
    world.put = ({ row }) => puts.push(row);
    await run(happened([create(), comment(), update({ title: 'Two' }), comment()]));
    expect(puts.slice(0, 2).sort()).toEqual(['comment#000000000002', 'comment#000000000004']);
    expect(puts.slice(2)).toEqual(['ticket']);
  });

  test('reports all of a ticket one of whose comments cannot be written, and leaves its row for the retry', async () => {
    world.put = ({ row }) => {
      if (row === 'comment#000000000002') {
        throw new Error('throttled');
      }
    };
    const events = happened([create(), comment(), comment()]);
    const { batchItemFailures } = await run(events);
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['T1/1', 'T1/2', 'T1/3']);
    expect(world.rows.size).toBe(0);
    world.put = () => undefined;
    expect(await run(events)).toEqual({ batchItemFailures: [] });
    expect(world.comments.size).toBe(2);
    expect(world.rows.get('T1')?.commentCount).toBe(2);
  });

  test('tells subscribers of a comment by the count of comments', async () => {
    const heard: unknown[] = [];
    world.answer = (change) => (heard.push(change), { status: 200, body: { data: {} } });
    await run(happened([create(), comment()]));
    expect(heard[1]).toMatchObject({ type: 'TicketCommented', changes: [], ticket: { commentCount: 1 } });
  });

  test('projects events of an older schema as if they were of today', async () => {
    const versions = eventsOfSchema1.map(({ version }) => version);
    expect(await run(eventsOfSchema1 as unknown as TicketEvent[])).toEqual({ batchItemFailures: [] });
    expect(world.rows.get('T1')).toMatchObject({ version: 2, title: 'Printer out', commentCount: 0 });
    expect(world.published).toEqual(versions.map((version) => `T1/${version}`));
  });

  test.each([EVENT_SCHEMA + 1, 0, undefined])(
    'reports an event of schema %s, whose shape it cannot know',
    async (schema) => {
      const [one] = history('T1', 1) as [TicketEvent];
      const { schema: _, ...rest } = one;
      const unknown = (schema === undefined ? rest : { ...rest, schema }) as TicketEvent;
      expect(await run([unknown])).toEqual({ batchItemFailures: [{ itemIdentifier: 'T1/1' }] });
      expect(world.failures).toEqual([expect.stringContaining(`T1 version 1: schema ${schema}`)]);
      expect(world.rows.size).toBe(0);
    },
  );

  describe('marks what reaches the view late', () => {
    const [one, two] = history('T1', 2) as [TicketEvent, TicketEvent];
    const ON_TIME = Date.parse(two.at) + LATE_AFTER_MS;
    const LATE = ON_TIME + 1;
    const mark = (time: number) => `${new Date(time).toISOString()}#T1`;
    const runAt = async (now: number, ...events: TicketEvent[]) => {
      world.now = now;
      await run(events);
      return world.rows.get('T1')?.arrived;
    };

    test('with when it does, and nothing else', async () => {
      expect(await runAt(ON_TIME, two)).toBeUndefined();
      world.rows.clear();
      expect(await runAt(LATE, two)).toBe(mark(LATE));
      expect(world.rows.get('T1')).toEqual(lateRow(two.ticket, new Date(LATE).toISOString()));
    });

    test('again when it comes again, as whoever missed the first push may miss that of the retry', async () => {
      expect(await runAt(ON_TIME, two)).toBeUndefined();
      expect(await runAt(LATE, two)).toBe(mark(LATE));
      expect(await runAt(LATE + 5000, two)).toBe(mark(LATE + 5000));
    });

    test('not when the view has something newer', async () => {
      expect(await runAt(ON_TIME, two)).toBeUndefined();
      expect(await runAt(LATE, one)).toBeUndefined();
    });

    test('and takes the mark away with the next change that is in time', async () => {
      expect(await runAt(LATE, one)).toBe(mark(LATE));
      expect(await runAt(ON_TIME, two)).toBeUndefined();
    });
  });

  test('publishes a change once, to all, but a note twice: to agents, then to requesters', async () => {
    const events = happened([create(), comment(), comment({ visibility: 'INTERNAL' }), update({ title: 'Two' })]);
    expect(await run(events)).toEqual({ batchItemFailures: [] });
    expect(world.published).toEqual(['T1/1', 'T1/2', 'T1/3', 'T1/3', 'T1/4']);
    expect(world.audiences).toEqual(['ALL', 'ALL', 'AGENTS', 'REQUESTERS', 'ALL']);
  });

  test('publishes a note to both again if one of them did not come through', async () => {
    const events = happened([create(), comment({ visibility: 'INTERNAL' })]).slice(1);
    world.answer = ({ audience }) => (audience === 'REQUESTERS' ? 'none' : { status: 200, body: { data: {} } });
    expect(await run(events)).toEqual({ batchItemFailures: [{ itemIdentifier: 'T1/2' }] });
    world.answer = () => ({ status: 200, body: { data: {} } });
    expect(await run(events)).toEqual({ batchItemFailures: [] });
    expect(world.audiences).toEqual(['AGENTS', 'AGENTS', 'REQUESTERS']);
  });

  test('publishes also what the view has already: the publish may be what failed before', async () => {
    const [one, two] = history('T1', 2) as [TicketEvent, TicketEvent];
    await run([two]);
    await run([one]);
    expect(world.rows.get('T1')?.version).toBe(2);
    expect(world.published).toEqual(['T1/2', 'T1/1']);
  });

  const REFUSALS: [string, Answer][] = [
    ['an HTTP error', { status: 500, body: { errors: [] } }],
    ['GraphQL errors', { status: 200, body: { data: null, errors: [{ message: 'no' }] } }],
    ['no JSON', { status: 200, body: '<html>' }],
  ];

  test.each(REFUSALS)(
    'hands over, and does not wait for, a change to which the API answers with %s',
    async (_, answer) => {
      world.answer = (change) => (change.id === 'T1' && change.version === 2 ? answer : { status: 200, body: {} });
      expect(await run([...history('T1', 3), ...history('T2', 1)])).toEqual({ batchItemFailures: [] });
      expect(world.rows.size).toBe(2);
      expect(world.published).toEqual(expect.arrayContaining(['T1/1', 'T1/3', 'T2/1']));
      expect(world.handedOver).toEqual(['T1/2']);
      expect(world.failures).toEqual([
        expect.stringContaining('the API refuses the change: PublishRefused: T1 version 2'),
      ]);
    },
  );

  test('reports a refused change that it cannot hand over, and those after it, of this ticket alone', async () => {
    world.answer = (change) =>
      change.id === 'T1' && change.version === 2 ? REFUSALS[0]![1] : { status: 200, body: {} };
    world.handOver = () => Promise.reject(new Error('the queue is away'));
    const { batchItemFailures } = await run([...history('T1', 3), ...history('T2', 1)]);
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'T1/2' }, { itemIdentifier: 'T1/3' }]);
    expect(world.published).toEqual(expect.arrayContaining(['T1/1', 'T2/1']));
  });

  test('reports the change that the API does not answer to, and those after it, of this ticket alone', async () => {
    world.answer = (change) => (change.id === 'T1' && change.version === 2 ? 'none' : { status: 200, body: {} });
    const { batchItemFailures } = await run([...history('T1', 3), ...history('T2', 1)]);
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'T1/2' }, { itemIdentifier: 'T1/3' }]);
    expect(world.published).toEqual(expect.arrayContaining(['T1/1', 'T2/1']));
    expect(world.handedOver).toEqual([]);
  });

  test('merges a hundred tickets while the API does not answer, and reports them before its time is over', async () => {
    world.answer = () => new Promise<never>(() => undefined);
    let asked = 0;
    const tickets = Array.from({ length: 100 }, (_, i) => history(`T${i}`, 1)).flat();
    let merged = 0;
    const inTime = new AbortController();
    const { batchItemFailures } = await project(tickets.map(record), {
      ...projection,
      merged: () => {
        merged += 1;
        if (merged === tickets.length) {
          inTime.abort(new Error('no answer'));
        }
      },
      // As long as the API may take to answer; here, until all is merged.
      publish: () =>
        new Promise((_, reject) => {
          asked += 1;
          inTime.signal.addEventListener('abort', () => reject(inTime.signal.reason as Error));
        }),
      hasTime: () => asked < 10,
    });
    expect(merged).toBe(100);
    expect(asked).toBe(10);
    expect(batchItemFailures).toHaveLength(100);
    expect(world.failures.filter((line) => line.includes('OutOfTime'))).toHaveLength(90);
  });

  test('names the types of the errors that the API answers with, whose words may quote the ticket', async () => {
    const errors = [{ errorType: 'BadRequest', message: 'got "Printer on fire"' }, { message: 'Printer on fire' }];
    world.answer = () => ({ status: 200, body: { data: null, errors } });
    await run(history('T1', 1));
    expect(world.failures).toEqual([
      'the API refuses the change: PublishRefused: T1 version 1: HTTP 200, BadRequest, an error without a type',
    ]);
    world.answer = () => ({ status: 500, body: '<html>Printer on fire' });
    await run(history('T1', 1));
    expect(world.failures[1]).toContain('HTTP 500, an answer that is no JSON');
  });

  test('reports all of a ticket whose row cannot be written, and publishes none of it', async () => {
    world.put = ({ ticketId }) => {
      if (ticketId === 'T1') {
        throw new Error('throttled');
      }
    };
    const { batchItemFailures } = await run([...history('T1', 2), ...history('T2', 1)]);
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'T1/1' }, { itemIdentifier: 'T1/2' }]);
    expect(world.published).toEqual(['T2/1']);
    expect(world.shown).toEqual(['T2/1']);
  });

  test('reports an event that it cannot read, and projects the others of the same ticket', async () => {
    const [one, two, three] = history('T1', 3) as [TicketEvent, TicketEvent, TicketEvent];
    const poison = { ...two, type: 'TicketTeleported' } as unknown as TicketEvent;
    expect(await run([one, poison, three])).toEqual({ batchItemFailures: [{ itemIdentifier: 'T1/2' }] });
    expect(world.rows.get('T1')?.version).toBe(3);
    expect(world.failures).toEqual([expect.stringContaining('T1 version 2: unknown type "TicketTeleported"')]);
  });

  test.each<[string, Partial<DynamoDBRecord>]>([
    ['a change of an event', { eventName: 'MODIFY' }],
    ['a removal of an event', { eventName: 'REMOVE' }],
    ['a record without its image', { dynamodb: { SequenceNumber: 'T1/1' } }],
  ])('reports %s', async (_, fields) => {
    const [one] = history('T1', 1) as [TicketEvent];
    const { batchItemFailures } = await project([{ ...record(one), ...fields }], projection);
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'T1/1' }]);
    expect(world.rows.size).toBe(0);
  });
});
