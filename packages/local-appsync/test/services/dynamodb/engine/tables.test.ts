import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { tablesClient } from '../../../../src/services/dynamodb/engine/clients';
import { ensureTable, TableKeyChanged, type TableProperties } from '../../../../src/services/dynamodb/engine/tables';
import { describeEachEngine, workplace } from '../../../support/engines';

const plain: TableProperties = {
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
};

const byOwner = {
  IndexName: 'byOwner',
  KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'KEYS_ONLY' as const },
};

const withOwner: TableProperties = {
  ...plain,
  AttributeDefinitions: [...(plain.AttributeDefinitions ?? []), { AttributeName: 'owner', AttributeType: 'S' }],
  GlobalSecondaryIndexes: [byOwner],
};

describeEachEngine('ensureTable', (name) => {
  const { directory, start } = workplace();
  let client: DynamoDBClient;
  let tables = 0;
  beforeAll(async () => {
    client = tablesClient((await start(name, directory())).endpoint);
  }, 30_000);
  afterAll(() => client.destroy());

  const newName = () => `table-${++tables}`;
  const ensure = (tableName: string, properties: TableProperties) => ensureTable(client, { tableName, properties });
  const describeTable = async (tableName: string) =>
    (await client.send(new DescribeTableCommand({ TableName: tableName }))).Table;
  const indexesOf = async (tableName: string) =>
    (await describeTable(tableName))?.GlobalSecondaryIndexes?.map(
      ({ IndexName, IndexStatus, Projection }) =>
        `${IndexName} ${Projection?.ProjectionType} ${IndexStatus ?? 'ACTIVE'}`,
    ) ?? [];
  const expiryOf = async (tableName: string) => {
    const { TimeToLiveDescription: ttl } = await client.send(new DescribeTimeToLiveCommand({ TableName: tableName }));
    return ttl?.TimeToLiveStatus === 'ENABLED' ? ttl.AttributeName : undefined;
  };
  const put = (tableName: string, item: Record<string, { S: string }>) =>
    client.send(new PutItemCommand({ TableName: tableName, Item: item }));

  test('creates a table that is ACTIVE, and the second time finds it', async () => {
    const tableName = newName();
    const first = await ensure(tableName, withOwner);
    expect(await describeTable(tableName)).toMatchObject({ TableStatus: 'ACTIVE', KeySchema: plain.KeySchema });
    await put(tableName, { id: { S: 'kept' } });

    expect(await ensure(tableName, withOwner)).toEqual(first);
    expect((await client.send(new ScanCommand({ TableName: tableName }))).Count).toBe(1);
    expect(first).not.toHaveProperty('streamArn');
  });

  test('two at once make one table', async () => {
    const tableName = newName();
    const [one, other] = await Promise.all([ensure(tableName, plain), ensure(tableName, plain)]);
    expect(one).toEqual(other);
  });

  test('what engines lack is left out', async () => {
    const tableName = newName();
    await ensure(tableName, {
      ...withOwner,
      GlobalSecondaryIndexes: [{ ...byOwner, OnDemandThroughput: { MaxReadRequestUnits: 1 } }],
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: '5', WriteCapacityUnits: '5' },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
      SSESpecification: { SSEEnabled: true },
      Replicas: [{ Region: 'us-east-1' }],
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    expect(await indexesOf(tableName)).toEqual(['byOwner KEYS_ONLY ACTIVE']);
    expect((await describeTable(tableName))?.DeletionProtectionEnabled ?? false).toBe(false);
  });

  test('adds an index to a table with items, and fills it', async () => {
    const tableName = newName();
    await ensure(tableName, plain);
    await put(tableName, { id: { S: 'a' }, owner: { S: 'ann' } });

    await ensure(tableName, withOwner);

    expect(await indexesOf(tableName)).toEqual(['byOwner KEYS_ONLY ACTIVE']);
    expect((await client.send(new ScanCommand({ TableName: tableName, IndexName: 'byOwner' }))).Count).toBe(1);
  }, 15_000);

  test('makes a changed index anew and drops one that is gone', async () => {
    const tableName = newName();
    await ensure(tableName, withOwner);
    const wider = { ...byOwner, Projection: { ProjectionType: 'ALL' as const } };
    await ensure(tableName, { ...withOwner, GlobalSecondaryIndexes: [wider] });
    expect(await indexesOf(tableName)).toEqual(['byOwner ALL ACTIVE']);

    await ensure(tableName, plain);
    expect(await indexesOf(tableName)).toEqual([]);
  }, 15_000);

  test('turns a stream on, leaves it alone, turns it over, turns it off', async () => {
    const tableName = newName();
    await ensure(tableName, plain);
    const newImage: TableProperties = { ...plain, StreamSpecification: { StreamViewType: 'NEW_IMAGE' } };
    const keysOnly: TableProperties = { ...plain, StreamSpecification: { StreamViewType: 'KEYS_ONLY' } };

    const { streamArn } = await ensure(tableName, newImage);
    expect(streamArn).toContain(`${tableName}/stream/`);
    expect((await ensure(tableName, newImage)).streamArn).toBe(streamArn);

    const over = await ensure(tableName, keysOnly);
    expect(over.streamArn).not.toBe(streamArn);
    expect((await describeTable(tableName))?.StreamSpecification).toEqual({
      StreamEnabled: true,
      StreamViewType: 'KEYS_ONLY',
    });

    expect(await ensure(tableName, plain)).not.toHaveProperty('streamArn');
    expect((await describeTable(tableName))?.StreamSpecification?.StreamEnabled ?? false).toBe(false);
  }, 15_000);

  test('turns expiry on, over to another attribute, and off', async () => {
    const tableName = newName();
    const expiring = (AttributeName: string, Enabled: boolean | 'true' = true): TableProperties => ({
      ...plain,
      TimeToLiveSpecification: { AttributeName, Enabled },
    });
    await ensure(tableName, expiring('until', 'true'));
    expect(await expiryOf(tableName)).toBe('until');
    await ensure(tableName, expiring('until'));
    await ensure(tableName, expiring('expiresAt'));
    expect(await expiryOf(tableName)).toBe('expiresAt');
    await ensure(tableName, expiring('expiresAt', false));
    expect(await expiryOf(tableName)).toBeUndefined();
  });

  test('refuses a changed key, and says what was, what is now and what to do', async () => {
    const tableName = newName();
    await ensure(tableName, plain);
    const changed = ensure(tableName, {
      KeySchema: [...plain.KeySchema, { AttributeName: 'version', KeyType: 'RANGE' }],
      AttributeDefinitions: [...(plain.AttributeDefinitions ?? []), { AttributeName: 'version', AttributeType: 'N' }],
    });
    await expect(changed).rejects.toThrow(TableKeyChanged);
    await expect(changed).rejects.toThrow('start on another data directory');
    await expect(changed).rejects.toMatchObject({
      tableName,
      was: 'id (S, HASH)',
      now: 'id (S, HASH), version (N, RANGE)',
    });
  });

  test('refuses a key of another type, and a local index that was not there', async () => {
    const tableName = newName();
    const sorted: TableProperties = {
      KeySchema: [...plain.KeySchema, { AttributeName: 'at', KeyType: 'RANGE' }],
      AttributeDefinitions: [...(plain.AttributeDefinitions ?? []), { AttributeName: 'at', AttributeType: 'S' }],
    };
    await ensure(tableName, sorted);

    const numeric: TableProperties = {
      ...sorted,
      AttributeDefinitions: [...(plain.AttributeDefinitions ?? []), { AttributeName: 'at', AttributeType: 'N' }],
    };
    await expect(ensure(tableName, numeric)).rejects.toThrow('at (S, RANGE)');

    const local: TableProperties = {
      ...sorted,
      AttributeDefinitions: [...(sorted.AttributeDefinitions ?? []), { AttributeName: 'rank', AttributeType: 'N' }],
      LocalSecondaryIndexes: [
        {
          IndexName: 'byRank',
          KeySchema: [...plain.KeySchema, { AttributeName: 'rank', KeyType: 'RANGE' }],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['b', 'a'] },
        },
      ],
    };
    await expect(ensure(tableName, local)).rejects.toThrow(/no local index.*byRank: id \(S, HASH\), rank \(N, RANGE\)/);

    const fresh = newName();
    await ensure(fresh, local);
    expect(await ensure(fresh, local)).toMatchObject({ tableName: fresh });
  });
});
