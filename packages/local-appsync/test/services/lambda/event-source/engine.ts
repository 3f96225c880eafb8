import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AttributeValue,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Engine } from '../../../../src/services/dynamodb/engine/engine';
import { startEngine } from '../../../../src/services/dynamodb/engine/start-engine';

/** A real DynamoDB with its tables in a temporary folder. Its clients find it again after down() and up(). */
export class TestEngine {
  readonly streams: DynamoDBStreamsClient;
  readonly tables: DynamoDBClient;
  private engine: Engine | undefined;
  /** Where nothing listens while the engine is down. */
  private endpoint = 'http://127.0.0.1:9';

  private constructor(readonly directory: string) {
    const config = {
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      endpoint: () => {
        const { protocol, hostname, port } = new URL(this.endpoint);
        return Promise.resolve({ protocol, hostname, port: Number(port), path: '/' });
      },
    };
    this.streams = new DynamoDBStreamsClient({ ...config, maxAttempts: 1 });
    this.tables = new DynamoDBClient(config);
  }

  static async start(): Promise<TestEngine> {
    const engine = new TestEngine(await mkdtemp(join(tmpdir(), 'event-source-')));
    await engine.up();
    return engine;
  }

  async up(): Promise<void> {
    this.engine = await startEngine({ directory: this.directory, log: () => undefined });
    this.endpoint = this.engine.endpoint;
  }

  async down(): Promise<void> {
    await this.engine?.stop();
  }

  async stop(): Promise<void> {
    await this.down();
    this.streams.destroy();
    this.tables.destroy();
    await rm(this.directory, { recursive: true });
  }

  /** Creates a table with the string key `id`; gives the ARN of its stream. */
  async createTable(name: string): Promise<string> {
    const { TableDescription } = await this.tables.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      }),
    );
    return TableDescription?.LatestStreamArn ?? '';
  }

  async put(table: string, id: string, attributes: Record<string, AttributeValue> = {}): Promise<void> {
    await this.tables.send(new PutItemCommand({ TableName: table, Item: { id: { S: id }, ...attributes } }));
  }

  async delete(table: string, id: string): Promise<void> {
    await this.tables.send(new DeleteItemCommand({ TableName: table, Key: { id: { S: id } } }));
  }
}
