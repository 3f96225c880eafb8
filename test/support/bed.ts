import { bundleResolver } from '../../infra/resolver-code';
import { ListLevel } from '../../packages/local-appsync/src/services/appsync/execution/batching';
import { Deadline } from '../../packages/local-appsync/src/services/appsync/execution/deadline';
import { LIMITS } from '../../packages/local-appsync/src/services/appsync/limits';
import { noTraces, runResolver, type Step } from '../../packages/local-appsync/src/services/appsync/execution/resolver';
import { DynamoDbDataSource } from '../../packages/local-appsync/src/services/appsync/data-sources/dynamodb';
import { Realm, type ResolverCode } from '../../packages/local-appsync/src/appsync-js/realm/realm';
import type { StoredEvent } from '../../domain/upcast';
import type { EngineName } from './engines';
import { ProductTables } from './product-tables';
import { semantics } from './semantics';

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
  private readonly realm = new Realm({ semantics });
  private readonly loaded = new Map<string, ResolverCode>();

  private constructor(
    private readonly tables: ProductTables,
    private readonly client = tables.client,
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
    return new Bed(await ProductTables.start(name));
  }

  stop(): Promise<void> {
    return this.tables.stop();
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
      { deadline, level: new ListLevel(), maxEvaluatedBytes: LIMITS.evaluatedBytes, semantics, quirks: [] },
    ).finally(() => deadline.clear());
  }

  /** Puts events into the log as they are. */
  store(events: StoredEvent[]): Promise<void> {
    return this.tables.write('events', events);
  }

  /** Puts rows into the view as they are. */
  show(...rows: object[]): Promise<void> {
    return this.tables.write('view', rows);
  }

  private step(name: string, tableName: string): Step {
    const dataSource = new DynamoDbDataSource({
      name,
      tableName,
      client: this.client,
      tokenSecret: Buffer.from('secret'),
      semantics,
    });
    const code = this.loaded.get(name) ?? this.realm.load(name, bundleResolver(name));
    this.loaded.set(name, code);
    return { id: name, code, dataSource };
  }
}
