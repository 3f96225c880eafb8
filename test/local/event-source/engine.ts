import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type AttributeValue,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  ListTablesCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';

const BINARY = resolve(__dirname, '../../../node_modules/@dynoxide/linux-x64/dynoxide');

/** A real DynamoDB engine with its tables in a temporary folder. */
export class TestEngine {
  readonly streams: DynamoDBStreamsClient;
  readonly #tables: DynamoDBClient;
  #process: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    readonly directory: string,
  ) {
    const config = {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    };
    this.streams = new DynamoDBStreamsClient({ ...config, maxAttempts: 1 });
    this.#tables = new DynamoDBClient(config);
  }

  static async start(): Promise<TestEngine> {
    const engine = new TestEngine(await freePort(), await mkdtemp(join(tmpdir(), 'event-source-')));
    await engine.up();
    return engine;
  }

  async up(): Promise<void> {
    const file = join(this.directory, 'tables.db');
    const args = ['serve', '--host', '127.0.0.1', '--port', String(this.port), '--db-path', file];
    this.#process = spawn(BINARY, args, { stdio: 'ignore' });
    for (;;) {
      try {
        await this.#tables.send(new ListTablesCommand({}));
        return;
      } catch (error) {
        if (!['ECONNREFUSED', 'ECONNRESET'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      }
    }
  }

  async down(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  async stop(): Promise<void> {
    await this.down();
    this.streams.destroy();
    this.#tables.destroy();
    await rm(this.directory, { recursive: true });
  }

  /** Creates a table with the string key `id`; gives the ARN of its stream. */
  async createTable(name: string): Promise<string> {
    const { TableDescription } = await this.#tables.send(
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
    await this.#tables.send(new PutItemCommand({ TableName: table, Item: { id: { S: id }, ...attributes } }));
  }

  async delete(table: string, id: string): Promise<void> {
    await this.#tables.send(new DeleteItemCommand({ TableName: table, Key: { id: { S: id } } }));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
