import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
  type UpdateTableCommandInput,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../../shared/start-error';
import {
  createTableInput,
  expiryAttribute,
  indexInput,
  indexInWords,
  keyInWords,
  streamInput,
  type TableDefinition,
} from './table-definition';

export type { TableDefinition, TableProperties } from './table-definition';

export interface Table {
  tableName: string;
  tableArn: string;
  /** Of the stream that is on; absent where the definition has none. */
  streamArn?: string;
}

/** Stored data has a key that the definition has no longer. DynamoDB cannot change a table's key. */
export class TableKeyChanged extends StartError {
  override readonly name = 'TableKeyChanged';

  constructor(
    readonly tableName: string,
    readonly was: string,
    readonly now: string,
  ) {
    super(
      `Table ${tableName} was made with the key ${was}; the template now says ${now}. A table's key cannot change: ` +
        'start on another data directory, or delete this one if its data may go.',
    );
  }
}

const ACTIVE_MS = 30_000;
const POLL_MS = 10;

/**
 * Makes the engine's table what the definition says, and resolves once it and its indexes are ACTIVE.
 *
 * Creates what is missing; on data kept from an earlier start it follows the definition as a CloudFormation update
 * would: indexes come and go, the stream and the expiry turn on, off or over. Items stay. Doing it again changes
 * nothing. Throws {@link TableKeyChanged} where the key, or a local index, which is as fixed, differs.
 */
export async function ensureTable(client: DynamoDBClient, table: TableDefinition): Promise<Table> {
  const existing = (await describe(client, table.tableName)) ?? (await create(client, table));
  assertSameKeys(existing, table);
  await followIndexes(client, table, existing);
  await followStream(client, table, existing);
  await followExpiry(client, table);

  const { TableArn = '', LatestStreamArn } = await active(client, table.tableName);
  const streamArn = streamInput(table.properties) && LatestStreamArn;
  return { tableName: table.tableName, tableArn: TableArn, ...(streamArn && { streamArn }) };
}

async function describe(client: DynamoDBClient, tableName: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: tableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      return undefined;
    }
    throw error;
  }
}

async function create(client: DynamoDBClient, table: TableDefinition): Promise<TableDescription> {
  try {
    await client.send(new CreateTableCommand(createTableInput(table)));
  } catch (error) {
    // Another start on the same engine was quicker; what it made is checked like any existing table.
    if (!(error instanceof ResourceInUseException)) {
      throw error;
    }
  }
  return active(client, table.tableName);
}

function assertSameKeys(existing: TableDescription, { tableName, properties }: TableDefinition): void {
  const was = keyInWords(existing.KeySchema, existing.AttributeDefinitions);
  const now = keyInWords(properties.KeySchema, properties.AttributeDefinitions);
  if (was !== now) {
    throw new TableKeyChanged(tableName, was, now);
  }

  const localWas = localIndexesInWords(existing);
  const localNow = localIndexesInWords(properties);
  if (localWas !== localNow) {
    throw new TableKeyChanged(tableName, `${was} with ${localWas}`, `${now} with ${localNow}`);
  }
}

function localIndexesInWords(table: Pick<TableDescription, 'LocalSecondaryIndexes' | 'AttributeDefinitions'>): string {
  const indexes = (table.LocalSecondaryIndexes ?? []).map(
    (index) => `${index.IndexName}: ${indexInWords(index, table.AttributeDefinitions)}`,
  );
  return indexes.length === 0 ? 'no local index' : `local indexes ${indexes.sort().join('; ')}`;
}

async function followIndexes(
  client: DynamoDBClient,
  table: TableDefinition,
  existing: TableDescription,
): Promise<void> {
  const { GlobalSecondaryIndexes: wanted = [], AttributeDefinitions } = table.properties;
  const wantedWords = new Map(wanted.map((index) => [index.IndexName, indexInWords(index, AttributeDefinitions)]));
  const kept = new Set<string>();

  // DynamoDB takes one index a request, and the next once that one is done.
  for (const index of existing.GlobalSecondaryIndexes ?? []) {
    const name = index.IndexName ?? '';
    if (wantedWords.get(name) === indexInWords(index, existing.AttributeDefinitions)) {
      kept.add(name);
    } else {
      await update(client, table, { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: name } }] });
    }
  }
  for (const index of wanted.filter(({ IndexName }) => !kept.has(IndexName))) {
    await update(client, table, { AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create: indexInput(index) }] });
  }
}

async function followStream(client: DynamoDBClient, table: TableDefinition, existing: TableDescription): Promise<void> {
  const stream = existing.StreamSpecification;
  const was = stream?.StreamEnabled ? stream.StreamViewType : undefined;
  const wanted = streamInput(table.properties);
  if (was === wanted?.StreamViewType) {
    return;
  }

  // A stream cannot change what it shows: as on AWS the old one ends and a new one, with its own ARN, begins.
  if (was !== undefined) {
    await update(client, table, { StreamSpecification: { StreamEnabled: false } });
  }
  if (wanted !== undefined) {
    await update(client, table, { StreamSpecification: wanted });
  }
}

async function followExpiry(client: DynamoDBClient, { tableName, properties }: TableDefinition): Promise<void> {
  const wanted = expiryAttribute(properties);
  const { TimeToLiveDescription: ttl } = await client.send(new DescribeTimeToLiveCommand({ TableName: tableName }));
  const was = ttl?.TimeToLiveStatus?.startsWith('ENABL') ? ttl.AttributeName : undefined;
  if (was === wanted) {
    return;
  }

  const turn = (AttributeName: string, Enabled: boolean) =>
    client.send(
      new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification: { AttributeName, Enabled } }),
    );
  if (was !== undefined) {
    await turn(was, false);
  }
  if (wanted !== undefined) {
    await turn(wanted, true);
  }
}

async function update(
  client: DynamoDBClient,
  { tableName }: TableDefinition,
  change: Omit<UpdateTableCommandInput, 'TableName'>,
): Promise<void> {
  await client.send(new UpdateTableCommand({ TableName: tableName, ...change }));
  await active(client, tableName);
}

/** Asks until the table and all its indexes are ACTIVE. */
async function active(client: DynamoDBClient, tableName: string): Promise<TableDescription> {
  const deadline = Date.now() + ACTIVE_MS;
  for (;;) {
    const table = await describe(client, tableName);
    const waitingFor = [
      { IndexName: undefined, status: table?.TableStatus ?? 'absent' },
      ...(table?.GlobalSecondaryIndexes ?? []).map(({ IndexName, IndexStatus: status }) => ({ IndexName, status })),
    ].filter(({ status }) => status !== undefined && status !== 'ACTIVE');
    if (table && waitingFor.length === 0) {
      return table;
    }
    if (Date.now() > deadline) {
      const what = waitingFor.map(({ IndexName, status }) => `${IndexName ?? 'the table'} is ${status}`).join(', ');
      throw new Error(`Table ${tableName} was not ACTIVE after ${ACTIVE_MS / 1000} s: ${what}.`);
    }
    await sleep(POLL_MS);
  }
}
