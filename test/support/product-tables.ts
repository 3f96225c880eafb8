import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context } from '../../cdk.json';
import { DataStack } from '../../infra/data-stack';
import { tablesClient } from '../../packages/local-appsync/src/services/dynamodb/engine/clients';
import { type Engine, startEngine } from '../../packages/local-appsync/src/services/dynamodb/engine/engine';
import { ensureTable, type TableProperties } from '../../packages/local-appsync/src/services/dynamodb/engine/tables';
import type { EngineName } from './engines';

/** The product's tables in a real engine, and nothing else of it. */
export class ProductTables {
  /** The name of each command. */
  private readonly sent: string[] = [];

  private constructor(
    private readonly engine: Engine,
    private readonly directory: string,
    readonly client: DynamoDBClient,
  ) {
    client.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          this.sent.push(commandName ?? '');
          return next(args);
        },
      { step: 'initialize' },
    );
  }

  static async start(name: EngineName): Promise<ProductTables> {
    const directory = await mkdtemp(join(tmpdir(), 'tables-'));
    const engine = await startEngine({ engine: name, directory, log: () => undefined });
    const tables = new ProductTables(engine, directory, tablesClient(engine.endpoint));
    await tables.create('events', 'Events');
    await tables.create('view', 'View');
    return tables;
  }

  /** Makes the table of the template whose id begins like that. */
  async create(tableName: string, id: 'Events' | 'View'): Promise<void> {
    await ensureTable(this.client, { tableName, properties: propertiesOf(id) });
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.engine.stop();
    await rm(this.directory, { recursive: true });
  }

  /** How many of each command the work sends. */
  async commandsOf(work: () => Promise<unknown>): Promise<Record<string, number>> {
    this.sent.length = 0;
    await work();
    const commands: Record<string, number> = {};
    for (const name of this.sent) commands[name] = (commands[name] ?? 0) + 1;
    return commands;
  }

  /** Puts items as they are. */
  async write(table: string, items: object[]): Promise<void> {
    for (let at = 0; at < items.length; at += 25) {
      const puts = items.slice(at, at + 25).map((item) => ({ PutRequest: { Item: marshall(item) } }));
      let left: typeof puts | undefined = puts;
      while (left?.length) {
        const { UnprocessedItems } = await this.client.send(
          new BatchWriteItemCommand({ RequestItems: { [table]: left } }),
        );
        left = UnprocessedItems?.[table] as typeof puts | undefined;
      }
    }
  }
}

/** Of the table of the template whose id begins like that. */
export function propertiesOf(id: 'Events' | 'View'): TableProperties {
  return Object.entries(TABLES).find(([logicalId]) => logicalId.startsWith(id))![1].Properties;
}

const TABLES = Template.fromStack(new DataStack(new App({ context }), 'Data')).findResources(
  'AWS::DynamoDB::GlobalTable',
) as Record<string, { Properties: TableProperties }>;
