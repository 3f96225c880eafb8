import { ResourceNotFoundException, type Shard, TrimmedDataAccessException } from '@aws-sdk/client-dynamodb-streams';
import { MessageNotInflight } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import fc from 'fast-check';
import { batchIn } from '../../ops/dead-batch';
import type { Deployment } from '../../ops/deployment';
import { eventsOf } from '../../ops/events-of-batch';
import { redrive, type RedrivenLetter } from '../../ops/redrive';
import { create, happened } from '../domain/specification';

const STREAM = 'arn:aws:dynamodb:us-east-1:000000000000:table/events/stream/1';
const EXPLAINED = { message: 'gone', $metadata: {} };
const [event] = happened([create({ ticketId: 'T' })]);

function keysOf(n: number) {
  return marshall({ ticketId: `T${n}`, version: 1 });
}

/** A letter about the nth event, whose number in the stream it is. */
function letterOf(n: number, batch: object = {}): Letter {
  const DDBStreamBatchInfo = {
    streamArn: STREAM,
    shardId: 'shard-1',
    startSequenceNumber: String(n),
    endSequenceNumber: String(n),
    approximateArrivalOfFirstRecord: '2026-01-01T00:00:00Z',
    approximateArrivalOfLastRecord: '2026-01-01T00:00:00Z',
    batchSize: 1,
    ...batch,
  };
  return { id: `M${n}`, body: JSON.stringify({ DDBStreamBatchInfo }) };
}

interface Letter {
  id: string;
  body: string;
}

/** A deployment with dead letters. The nth event of its log is T<n>, and the stream has it at the number n. */
class Stub {
  readonly events: string[] = [];
  readonly shown: string[] = [];
  readonly handed: string[] = [];
  readonly told: RedrivenLetter[] = [];
  /** How many receptions later a letter shows again. */
  hiddenFor = Infinity;
  isPoison: (ticketId: string) => boolean = () => false;
  records: (n: number) => object = (n) => ({
    Records: [{ eventName: 'INSERT', dynamodb: { SequenceNumber: String(n), Keys: keysOf(n) } }],
  });
  scanned: object[] = [];
  private received = 0;
  private readonly hiddenUntil = new Map<string, number>();

  constructor(readonly letters: Letter[]) {}

  redrive(options: { dryRun?: boolean } = {}) {
    return redrive(this as unknown as Deployment, { ...options, letter: (letter) => this.told.push(letter) });
  }

  readonly sqs = {
    send: (command: { input: { ReceiptHandle?: string } }): Promise<object> => {
      const at = this.letters.findIndex(({ id }) => command.input.ReceiptHandle?.startsWith(`${id} `));
      switch (command.constructor.name) {
        case 'ReceiveMessageCommand':
          return Promise.resolve({ Messages: this.receive() });
        case 'DeleteMessageCommand':
          this.letters.splice(at, 1);
          return Promise.resolve({});
        default:
          this.shown.push(this.letters[at]!.id);
          return this.show(this.letters[at]!);
      }
    },
  };
  show: (letter: Letter) => Promise<object> = () => Promise.resolve({});

  private receive(): object[] {
    this.received += 1;
    const visible = this.letters.find(({ id }) => (this.hiddenUntil.get(id) ?? 0) <= this.received);
    if (!visible) {
      return [];
    }
    // The others have their turn first: SQS gives any of its letters.
    this.letters.push(...this.letters.splice(this.letters.indexOf(visible), 1));
    this.hiddenUntil.set(visible.id, this.received + this.hiddenFor);
    return [{ MessageId: visible.id, Body: visible.body, ReceiptHandle: `${visible.id} ${this.received}` }];
  }

  readonly streams = {
    send: ({ input }: { input: { SequenceNumber?: string; ShardIterator?: string } & Shard }): Promise<object> =>
      input.ShardIterator === undefined
        ? this.iterator(Number(input.SequenceNumber))
        : Promise.resolve(this.records(Number(input.ShardIterator))),
  };
  iterator: (n: number) => Promise<object> = (n) => Promise.resolve({ ShardIterator: String(n) });

  readonly dynamodb = {
    send: ({ input }: { input: { Key?: { ticketId: { S: string } } } }): Promise<object> =>
      Promise.resolve(
        input.Key ? { Item: marshall({ ...event, ticketId: input.Key.ticketId.S }) } : { Items: this.scanned },
      ),
  };

  readonly lambda = {
    send: ({ input }: { input: { Payload: string } }): Promise<object> => {
      const { Records } = JSON.parse(input.Payload) as DynamoDBStreamEvent;
      const refused = Records.filter(({ dynamodb }) => {
        const ticketId = dynamodb!.NewImage!.ticketId!.S!;
        this.handed.push(ticketId);
        return this.isPoison(ticketId);
      });
      const batchItemFailures = refused.map(({ dynamodb }) => ({ itemIdentifier: dynamodb!.SequenceNumber }));
      return Promise.resolve({ Payload: new TextEncoder().encode(JSON.stringify({ batchItemFailures })) });
    },
  };
}

const thirty = Array.from({ length: 30 }, (_, n) => n);

test('of 30 letters, 20 of them poison, each is tried once, whenever they show again, and ten go', () =>
  fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(thirty, { minLength: 30 }),
      fc.integer({ min: 1, max: 60 }),
      async (order, hiddenFor) => {
        const stub = new Stub(order.map((n) => letterOf(n)));
        stub.hiddenFor = hiddenFor;
        stub.isPoison = (ticketId) => Number(ticketId.slice(1)) < 20;
        expect(await stub.redrive()).toEqual({ letters: 30, events: 30, kept: 20 });
        expect([...stub.handed].sort()).toEqual(thirty.map((n) => `T${n}`).sort());
        expect(stub.letters.map(({ id }) => id).sort()).toEqual(
          thirty
            .slice(0, 20)
            .map((n) => `M${n}`)
            .sort(),
        );
        expect([...stub.shown].sort()).toEqual(stub.letters.map(({ id }) => id).sort());
      },
    ),
    { numRuns: 30 },
  ));

test('a queue that shows the same letters for ever is left once each was tried', async () => {
  const stub = new Stub([letterOf(1), letterOf(2), letterOf(3)]);
  stub.hiddenFor = 1;
  stub.isPoison = () => true;
  expect(await stub.redrive()).toEqual({ letters: 3, events: 3, kept: 3 });
});

test('in a dry run nothing is handed over, and all letters are put back', async () => {
  const stub = new Stub([letterOf(1), letterOf(2)]);
  expect(await stub.redrive({ dryRun: true })).toEqual({ letters: 2, events: 2, kept: 2 });
  expect(stub.handed).toEqual([]);
  expect(stub.shown).toEqual(['M1', 'M2']);
});

test.each<[string, Letter]>([
  ['no JSON', { id: 'F', body: 'Hello' }],
  ['null', { id: 'F', body: 'null' }],
  ['of something else', { id: 'F', body: '{"Records":[]}' }],
  ['of another stream', letterOf(9, { streamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/x' })],
  ['without a shard', letterOf(9, { shardId: undefined })],
  ['with numbers that are none', letterOf(9, { startSequenceNumber: 'first' })],
  ['without an end', letterOf(9, { endSequenceNumber: undefined })],
])('a foreign letter, %s, stays, and those behind it are redriven', async (_, foreign) => {
  const stub = new Stub([foreign, letterOf(1)]);
  expect(await stub.redrive()).toEqual({ letters: 2, events: 1, kept: 1 });
  expect(stub.letters).toEqual([foreign]);
  expect(stub.told[0]).toMatchObject({ events: [], error: expect.stringContaining('not from the projector') });
});

describe.each([
  ['the batch is too old', () => Promise.reject(new TrimmedDataAccessException(EXPLAINED))],
  ['there is no such stream any more', () => Promise.reject(new ResourceNotFoundException(EXPLAINED))],
  ['the shard is at its end', () => Promise.resolve({})],
])('where %s', (_, iterator) => {
  const stubOf = (batch: object = {}) => {
    const stub = new Stub([letterOf(1, batch), letterOf(2)]);
    stub.iterator = (n) => (n === 1 ? iterator() : Promise.resolve({ ShardIterator: String(n) }));
    return stub;
  };

  test('its events are found in the log by their time', async () => {
    const stub = stubOf();
    stub.scanned = [marshall(event)];
    expect(await stub.redrive()).toEqual({ letters: 2, events: 2, kept: 0 });
    expect(stub.handed).toEqual(['T', 'T2']);
  });

  test.each<[string, object]>([
    ['the log has none of that time', {}],
    ['the letter has no time', { approximateArrivalOfFirstRecord: undefined }],
  ])('and %s, the letter stays, and those behind it are redriven', async (_, batch) => {
    const stub = stubOf(batch);
    expect(await stub.redrive()).toEqual({ letters: 2, events: 1, kept: 1 });
    expect(stub.told[0]).toMatchObject({ events: [], error: expect.stringContaining('run rebuild') });
  });
});

test('the events of a batch are what it inserted, and no more', async () => {
  const stub = new Stub([]);
  const record = (n: number, eventName = 'INSERT') => ({
    eventName,
    dynamodb: { SequenceNumber: String(n), Keys: keysOf(n) },
  });
  const pages = [[record(1)], [], [record(2, 'MODIFY'), record(3), record(4)]];
  stub.records = () => ({ Records: pages.shift(), NextShardIterator: 'next' });
  const batch = batchIn(letterOf(1, { endSequenceNumber: '3', batchSize: 3 }).body)!;
  const events = await eventsOf(batch, stub as unknown as Deployment, { wait: () => Promise.resolve() });
  expect(events?.map(({ ticketId }) => ticketId!.S)).toEqual(['T1', 'T3']);
});

test('a shard that gives nothing and does not end is read ten times, and then the log', async () => {
  const stub = new Stub([]);
  let reads = 0;
  stub.records = () => ({ Records: [], NextShardIterator: String((reads += 1)) });
  stub.scanned = [marshall(event)];
  const wait = jest.fn(() => Promise.resolve());
  const batch = batchIn(letterOf(1).body)!;
  expect(await eventsOf(batch, stub as unknown as Deployment, { wait })).toEqual([marshall(event)]);
  expect(reads).toBe(10);
  expect(wait).toHaveBeenCalledTimes(10);
});

test('a letter that shows already needs not be put back', async () => {
  const stub = new Stub([letterOf(1)]);
  stub.isPoison = () => true;
  stub.show = () => Promise.reject(new MessageNotInflight(EXPLAINED));
  expect(await stub.redrive()).toMatchObject({ kept: 1 });
});

test('any other error of the stream is told, and the letter is put back', async () => {
  const stub = new Stub([letterOf(1)]);
  stub.iterator = () => Promise.reject(new Error('no access'));
  await expect(stub.redrive()).rejects.toThrow('no access');
  expect(stub.handed).toEqual([]);
  expect(stub.shown).toEqual(['M1']);
});
