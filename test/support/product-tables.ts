import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { context } from '../../cdk.json';
import { DataStack } from '../../infra/data-stack';
import {
  type DynamoDb,
  type EngineName,
  ensureTable,
  startDynamoDb,
  type TableProperties,
} from 'local-appsync/dynamodb';

/** The product's tables in a real engine, and nothing else of it. */
export class ProductTables {
  /** The name of each command. */
  private readonly sent: string[] = [];

  private constructor(private readonly engine: DynamoDb) {
    this.client.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          this.sent.push(commandName ?? '');
          return next(args);
        },
      { step: 'initialize' },
    );
  }

  static async start(name: EngineName): Promise<ProductTables> {
    const tables = new ProductTables(await startDynamoDb({ engine: name, log: () => undefined }));
    await tables.create('events', 'Events');
    await tables.create('view', 'View');
    return tables;
  }

  /** Makes the table of the template whose id begins like that. */
  async create(tableName: string, id: 'Events' | 'View'): Promise<void> {
    await ensureTable(this.client, { tableName, properties: propertiesOf(id) });
  }

  get client(): DynamoDBClient {
    return this.engine.client;
  }

  stop(): Promise<void> {
    return this.engine.stop();
  }

  /** How many of each command the work sends. */
  async commandsOf(work: () => Promise<unknown>): Promise<Record<string, number>> {
    this.sent.length = 0;
    await work();
    const commands: Record<string, number> = {};
    for (const name of this.sent) {
      commands[name] = (commands[name] ?? 0) + 1;
    }
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

const TABLES = Template.fromStack(new DataStack(new App({ context }), 'Data', { stage: 'dev' })).findResources(
  'AWS::DynamoDB::GlobalTable',
) as Record<string, { Properties: TableProperties }>;
