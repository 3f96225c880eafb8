import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context } from '../../cdk.json';
import { DataStack } from '../../infra/data-stack';
import { bundleResolver } from '../../infra/resolver-code';
import { ListLevel } from '../../local/appsync/batching';
import { Deadline } from '../../local/appsync/deadline';
import { LIMITS } from '../../local/appsync/limits';
import { noTraces, runResolver, type Step } from '../../local/appsync/resolver';
import { DynamoDbDataSource } from '../../local/datasource/dynamodb';
import { tablesClient } from '../../local/engine/clients';
import { type Engine, startEngine } from '../../local/engine/engine';
import { ensureTable, type TableProperties } from '../../local/engine/tables';
import { Realm } from '../../local/realm/realm';
import type { StoredEvent } from '../../domain/upcast';
import type { EngineName } from './engines';

/** A call to DynamoDB, and what DynamoDB reports that it took. */
export interface Call {
  operation: string;
  strong: boolean;
  conditional: boolean;
  units: number;
}

/** The product's resolvers as they are deployed, on the product's tables in a real engine. */
export class Bed {
  /** Since the bed was made or this was emptied. */
  readonly calls: Call[] = [];
  private readonly realm = new Realm();

  private constructor(
    private readonly engine: Engine,
    private readonly directory: string,
    private readonly client: DynamoDBClient,
  ) {
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const input = args.input as { ConsistentRead?: boolean; ConditionExpression?: string };
          const { output, response } = await next({
            ...args,
            input: { ...input, ReturnConsumedCapacity: 'TOTAL' },
          });
          const { ConsumedCapacity } = output as { ConsumedCapacity?: { CapacityUnits?: number } };
          this.calls.push({
            operation: commandName!,
            strong: input.ConsistentRead === true,
            conditional: input.ConditionExpression !== undefined,
            units: ConsumedCapacity?.CapacityUnits ?? NaN,
          });
          return { output, response };
        },
      { step: 'initialize' },
    );
  }

  static async start(name: EngineName): Promise<Bed> {
    const directory = await mkdtemp(join(tmpdir(), 'resolvers-'));
    const engine = await startEngine({ engine: name, directory, log: () => undefined });
    const client = tablesClient(engine.endpoint);
    const tables = Template.fromStack(new DataStack(new App({ context }), 'Data')).findResources(
      'AWS::DynamoDB::GlobalTable',
    ) as Record<string, { Properties: TableProperties }>;
    for (const [id, { Properties }] of Object.entries(tables)) {
      await ensureTable(client, { tableName: id.startsWith('Events') ? 'events' : 'view', properties: Properties });
    }
    return new Bed(engine, directory, client);
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.engine.stop();
    await rm(this.directory, { recursive: true });
  }

  /** A field of the API, whose steps, or which itself without any, work on one table each. */
  async run(
    field: string,
    table: 'events' | 'view',
    steps: string[],
    args: Record<string, unknown>,
    source: unknown = null,
  ): Promise<unknown> {
    const [typeName, fieldName] = field.split('.') as [string, string];
    const pipeline = steps.length === 0 ? undefined : steps.map((step) => this.step(`steps/${step}`, table));
    const info = { fieldName, parentTypeName: typeName, variables: {}, selectionSetList: [], selectionSetGraphQL: '' };
    const deadline = new Deadline(LIMITS.requestMs);
    return runResolver(
      { ...this.step(field, table), typeName, fieldName, pipeline },
      {
        arguments: args,
        identity: null,
        source,
        request: { headers: {}, domainName: null },
        info,
        stash: {},
        prev: null,
        env: {},
      },
      noTraces(),
      { deadline, level: new ListLevel(), maxEvaluatedBytes: LIMITS.evaluatedBytes },
    ).finally(() => deadline.clear());
  }

  /** Puts events into the log as they are. */
  async store(events: StoredEvent[]): Promise<void> {
    await this.write('events', events);
  }

  /** Puts rows into the view as they are. */
  async show(...rows: object[]): Promise<void> {
    await this.write('view', rows);
  }

  private async write(table: string, items: object[]): Promise<void> {
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

  private step(name: string, tableName: string): Step {
    const dataSource = new DynamoDbDataSource({
      name,
      tableName,
      client: this.client,
      tokenSecret: Buffer.from('secret'),
    });
    return { id: name, code: this.realm.load(name, bundleResolver(name)), dataSource };
  }
}
