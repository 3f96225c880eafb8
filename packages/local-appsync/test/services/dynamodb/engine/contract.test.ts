import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { streamsClient, tablesClient } from '../../../../src/services/dynamodb/engine/clients';
import type { Engine } from '../../../../src/services/dynamodb/engine/engine';
import { ensureTable, type Table, type TableDefinition } from '../../../../src/services/dynamodb/engine/tables';
import { describeEachEngine, workplace } from '../../../support/engines';
import { eventually } from '../../../support/eventually';
import { runs } from '../../../support/processes';
import { readStream, sequenceOf } from './support/stream';

const LEDGER: TableDefinition = {
  tableName: 'ledger',
  properties: {
    KeySchema: [
      { AttributeName: 'account', KeyType: 'HASH' },
      { AttributeName: 'entry', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'account', AttributeType: 'S' },
      { AttributeName: 'entry', AttributeType: 'N' },
      { AttributeName: 'day', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byDay',
        KeySchema: [
          { AttributeName: 'day', KeyType: 'HASH' },
          { AttributeName: 'entry', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
  },
};

function entry(account: string, number: number, more: Record<string, { S: string }> = {}) {
  return {
    account: { S: account },
    entry: { N: String(number) },
    ...more,
  };
}

type Clients = ReturnType<typeof clientsOf>;

/** What a caller does with an engine. */
function clientsOf({ endpoint }: Engine) {
  const tables = tablesClient(endpoint);
  const streams = streamsClient(endpoint);
  return {
    tables,
    streams,
    /** Writes an entry that must not exist yet. */
    append: (account: string, number: number, more?: Record<string, { S: string }>) =>
      tables.send(
        new PutItemCommand({
          TableName: 'ledger',
          Item: entry(account, number, more),
          ConditionExpression: 'attribute_not_exists(account)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    get: async (account: string, number: number) =>
      (
        await tables.send(
          new GetItemCommand({ TableName: 'ledger', Key: entry(account, number), ConsistentRead: true }),
        )
      ).Item,
    destroy() {
      tables.destroy();
      streams.destroy();
    },
  };
}

describeEachEngine('Items and stream', (name) => {
  const { directory, start } = workplace();
  let clients: Clients;
  let table: Table;
  beforeAll(async () => {
    clients = clientsOf(await start(name, directory()));
    table = await ensureTable(clients.tables, LEDGER);
  }, 30_000);
  afterAll(() => clients.destroy());

  test('a condition refuses a second write and shows the item that stood in its way', async () => {
    await clients.append('refused', 1, { text: { S: 'first' } });
    const second = clients.append('refused', 1, { text: { S: 'second' } });
    await expect(second).rejects.toThrow(ConditionalCheckFailedException);
    await expect(second).rejects.toMatchObject({ Item: entry('refused', 1, { text: { S: 'first' } }) });
    expect(await clients.get('refused', 1)).toEqual(entry('refused', 1, { text: { S: 'first' } }));
  });

  test('of many writers of one item exactly one wins', async () => {
    const writes = Array.from({ length: 10 }, (_, i) => clients.append('raced', 1, { text: { S: `writer ${i}` } }));
    const outcomes = await Promise.allSettled(writes);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('a consistent query, newest first, sees each write at once', async () => {
    for (const number of [1, 2, 9, 10, 11]) {
      await clients.append('queried', number);
      const { Items } = await clients.tables.send(
        new QueryCommand({
          TableName: 'ledger',
          KeyConditionExpression: 'account = :account',
          ExpressionAttributeValues: { ':account': { S: 'queried' } },
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit: 1,
        }),
      );
      expect(Items).toEqual([entry('queried', number)]);
    }
  });

  test('an update under a condition on another attribute', async () => {
    await clients.append('updated', 1, { text: { S: 'b' } });
    const setText = (text: string) =>
      clients.tables.send(
        new UpdateItemCommand({
          TableName: 'ledger',
          Key: entry('updated', 1),
          UpdateExpression: 'SET #text = :text',
          ConditionExpression: '#text < :text',
          ExpressionAttributeNames: { '#text': 'text' },
          ExpressionAttributeValues: { ':text': { S: text } },
          ReturnValues: 'ALL_NEW',
        }),
      );
    await expect(setText('a')).rejects.toThrow(ConditionalCheckFailedException);
    expect((await setText('c')).Attributes).toEqual(entry('updated', 1, { text: { S: 'c' } }));
  });

  test('a transaction writes all or nothing, and says which part was in the way', async () => {
    const both = (account: string) =>
      clients.tables.send(
        new TransactWriteItemsCommand({
          TransactItems: [1, 2].map((number) => ({
            Put: {
              TableName: 'ledger',
              Item: entry(account, number),
              ConditionExpression: 'attribute_not_exists(account)',
            },
          })),
        }),
      );
    await both('whole');
    expect(await clients.get('whole', 2)).toEqual(entry('whole', 2));

    await clients.append('broken', 2);
    const refused = both('broken');
    await expect(refused).rejects.toThrow(TransactionCanceledException);
    await expect(refused).rejects.toMatchObject({
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
    });
    expect(await clients.get('broken', 1)).toBeUndefined();
  });

  test('a global index finds what was written, in its own order, and forgets what moved away', async () => {
    const onDay = async (day: string) => {
      const { Items } = await clients.tables.send(
        new QueryCommand({
          TableName: 'ledger',
          IndexName: 'byDay',
          KeyConditionExpression: '#day = :day',
          ExpressionAttributeNames: { '#day': 'day' },
          ExpressionAttributeValues: { ':day': { S: day } },
        }),
      );
      return Items?.map(({ account, entry: number }) => `${account?.S} ${number?.N}`).join(', ');
    };
    await clients.append('indexed-b', 10, { day: { S: 'monday' } });
    await clients.append('indexed-a', 9, { day: { S: 'monday' } });
    await clients.append('indexed-c', 11);
    await eventually(
      () => onDay('monday'),
      (found) => found === 'indexed-a 9, indexed-b 10',
    );

    await clients.tables.send(
      new PutItemCommand({ TableName: 'ledger', Item: entry('indexed-a', 9, { day: { S: 'tuesday' } }) }),
    );
    await eventually(
      () => onDay('tuesday'),
      (found) => found === 'indexed-a 9',
    );
    expect(await onDay('monday')).toBe('indexed-b 10');
  });

  test('text comes back byte for byte', async () => {
    const text = 'é e\u0301 𝄞 👩‍👩‍👧 \u0000 "quoted" \\ \u2028 ﷽';
    await clients.append('text', 1, { text: { S: text } });
    expect((await clients.get('text', 1))?.text?.S).toBe(text);
  });

  test('the stream tells new images in the order of writing, from the start and after a sequence number', async () => {
    const { streamArn = '' } = await ensureTable(clients.tables, { ...LEDGER, tableName: 'told' });
    const tell = (number: number, text: string) =>
      clients.tables.send(
        new PutItemCommand({
          TableName: 'told',
          Item: entry('a', number, { text: { S: text } }),
          ConditionExpression: 'attribute_not_exists(account)',
        }),
      );
    // More than nine: sequence numbers are numbers, and 10 comes after 9.
    for (let number = 1; number <= 12; number++) {
      await tell(number, `entry ${number}`);
    }
    await expect(tell(1, 'refused')).rejects.toThrow(ConditionalCheckFailedException);

    const records = await readStream(clients.streams, streamArn, 12);
    expect(records.map(({ eventName, dynamodb }) => [eventName, dynamodb?.NewImage?.text?.S])).toEqual(
      Array.from({ length: 12 }, (_, i) => ['INSERT', `entry ${i + 1}`]),
    );
    expect(records[0]?.dynamodb).toMatchObject({ Keys: entry('a', 1), StreamViewType: 'NEW_IMAGE' });
    expect(records[0]?.dynamodb?.OldImage).toBeUndefined();

    const sequences = records.map(sequenceOf);
    expect(sequences).toEqual([...sequences].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(sequences).size).toBe(12);

    const rest = await readStream(clients.streams, streamArn, 3, records[8]?.dynamodb?.SequenceNumber);
    expect(rest.map(({ dynamodb }) => dynamodb?.NewImage?.entry?.N)).toEqual(['10', '11', '12']);
  });

  test('the table has a name, an ARN and a stream', () => {
    expect(table.tableName).toBe('ledger');
    expect(table.tableArn).toMatch(/^arn:aws:dynamodb:.+:table\/ledger$/);
    expect(table.streamArn).toMatch(/^arn:aws:dynamodb:.+:table\/ledger\/stream\/.+/);
  });
});

describeEachEngine('Lifetime', (name) => {
  const { directory, start } = workplace();
  const home = directory();
  let engines: [Engine, Engine];
  let one: Clients;
  let other: Clients;
  let streamArn = '';
  beforeAll(async () => {
    engines = await Promise.all([start(name, home), start(name, directory())]);
    [one, other] = [clientsOf(engines[0]), clientsOf(engines[1])];
    const [table] = await Promise.all([one, other].map(({ tables }) => ensureTable(tables, LEDGER)));
    streamArn = table?.streamArn ?? '';
  }, 60_000);
  afterAll(() => [one, other].forEach((clients) => clients.destroy()));

  test('two at once on two directories know nothing of each other', async () => {
    await other.append('there', 1);
    expect(await other.get('there', 1)).toBeDefined();
    expect(await one.get('there', 1)).toBeUndefined();
  });

  test('stop takes less than two seconds, open connections or not, and is no death', async () => {
    const [, engine] = engines;
    let died = false;
    void engine.died.then(() => (died = true));

    const begin = Date.now();
    await engine.stop();
    expect(Date.now() - begin).toBeLessThan(2000);
    expect(runs(engine.pid ?? Number.NaN)).toBe(false);
    expect(died).toBe(false);
  });

  test('kill -9 loses nothing: items, stream and its place in it are there after the next start', async () => {
    const [engine] = engines;
    for (let number = 1; number <= 11; number++) {
      await one.append('kept', number);
    }
    const seen = await readStream(one.streams, streamArn, 11);

    process.kill(engine.pid ?? Number.NaN, 'SIGKILL');
    expect(await engine.died).toMatch(new RegExp(`^The DynamoDB engine \\(${name}\\) was ended by SIGKILL\\.`));
    one.destroy();

    one = clientsOf(await start(name, home));
    expect((await ensureTable(one.tables, LEDGER)).streamArn).toBe(streamArn);
    expect(await one.get('kept', 11)).toEqual(entry('kept', 11));
    await one.append('kept', 12);

    const all = await readStream(one.streams, streamArn, 12);
    expect(all.slice(0, 11)).toEqual(seen);
    expect(sequenceOf(all[11])).toBeGreaterThan(sequenceOf(all[10]));
    const unseen = await readStream(one.streams, streamArn, 1, seen.at(-1)?.dynamodb?.SequenceNumber);
    expect(unseen.map(({ dynamodb }) => dynamodb?.Keys?.entry?.N)).toEqual(['12']);
  }, 30_000);
});
