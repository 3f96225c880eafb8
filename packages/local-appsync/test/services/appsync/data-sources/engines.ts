import { CreateTableCommand, type CreateTableCommandInput, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSourceAnswer, DataSourceCall } from '../../../../src/appsync-js/data-source';
import { DynamoDbDataSource, type DynamoDbOptions } from '../../../../src/services/appsync/data-sources/dynamodb';
import { tablesClient } from '../../../../src/services/dynamodb/engine/clients';
import type { Engine } from '../../../../src/services/dynamodb/engine/engine';
import { startEngine } from '../../../../src/services/dynamodb/engine/start-engine';
import type { EngineName } from '../../../../src/api/dynamodb';
import { describeEachEngine } from '../../../support/engines';

/** A running engine with the two tables of these tests, and a data source on the first. */
export interface Bed {
  readonly engine: EngineName;
  client: DynamoDBClient;
  /** The calls that DynamoDB had since the test began, by name. */
  calls: string[];
  /** What each of them was sent. */
  inputs: object[];
  execute(request: unknown, more?: Partial<DynamoDbOptions> & Partial<DataSourceCall>): Promise<DataSourceAnswer>;
}

/** `posts`: keyed by id and version, listed by author and at. `authors`: keyed by id. */
const TABLES: CreateTableCommandInput[] = [
  {
    TableName: 'posts',
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'version', AttributeType: 'N' },
      { AttributeName: 'author', AttributeType: 'S' },
      { AttributeName: 'at', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'id', KeyType: 'HASH' },
      { AttributeName: 'version', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byAuthor',
        KeySchema: [
          { AttributeName: 'author', KeyType: 'HASH' },
          { AttributeName: 'at', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  },
  {
    TableName: 'authors',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  },
];

/** Declares the sentences once for each engine, with a bed that stands while they run. */
export function onEachEngine(sentences: (bed: Bed) => void): void {
  describeEachEngine('the data source', (name) => sentences(bedOn(name)));
}

function bedOn(name: Bed['engine']): Bed {
  let directory: string;
  let engine: Engine;
  const bed = { engine: name, calls: [] as string[], inputs: [] as object[] } as Bed;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'datasource-'));
    // The engine's notes are about its speed, which is no matter here.
    engine = await startEngine({ engine: name, directory, log: () => undefined });
    bed.client = tablesClient(engine.endpoint);
    bed.client.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          bed.calls.push(commandName!);
          bed.inputs.push(args.input);
          return next(args);
        },
      {
        step: 'initialize',
      },
    );
    for (const table of TABLES) {
      await bed.client.send(new CreateTableCommand({ BillingMode: 'PAY_PER_REQUEST', ...table }));
    }
  }, 60_000);
  beforeEach(() => void (bed.calls.length = bed.inputs.length = 0));
  afterAll(async () => {
    bed.client?.destroy();
    await engine?.stop();
    await rm(directory, { recursive: true });
  });

  const tokenSecret = Buffer.from('a secret of these tests');
  bed.execute = (request, { resolver = 'Query.posts', context = {}, ...options } = {}) =>
    new DynamoDbDataSource({ name: 'Posts', tableName: 'posts', client: bed.client, tokenSecret, ...options }).execute({
      request,
      resolver,
      context,
    });
  return bed;
}
