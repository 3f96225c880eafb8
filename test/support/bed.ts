import { bundleResolver } from '../../infra/resolver-code';
import { AppSyncJs, type ResolverCode, type Step } from 'local-appsync/appsync-js';
import { MOST_CALLS } from '../../domain/decide';
import type { TicketEvent } from '../../domain/events';
import type { StoredEvent } from '../../domain/upcast';
import { merge } from '../../functions/project/merge';
import type { EngineName } from 'local-appsync/dynamodb';
import { ProductTables } from './product-tables';
import { SEMANTICS } from './semantics';

/** The steps of a command's pipeline. */
export const CALLS = Array.from({ length: MOST_CALLS }, () => 'append');

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
  private readonly js = new AppSyncJs({ semantics: SEMANTICS });
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
  run(
    field: string,
    table: 'events' | 'view',
    steps: string[],
    args: Record<string, unknown>,
    source: unknown = null,
  ): Promise<unknown> {
    const functions = steps.length === 0 ? undefined : steps.map((step) => this.step(`steps/${step}`, table));
    return this.js.run({ ...this.step(field, table), functions }, { arguments: args, source });
  }

  /** Puts events into the log as they are. */
  store(events: StoredEvent[]): Promise<void> {
    return this.tables.write('events', events);
  }

  /** Puts rows into the view as they are. */
  show(...rows: object[]): Promise<void> {
    return this.tables.write('view', rows);
  }

  /** Merges events of one ticket into the view, as the projector does at that time. */
  merge(events: TicketEvent[], now: number): Promise<void> {
    return merge(events, { client: this.client, tableName: 'view', now: () => now });
  }

  private step(name: string, table: 'events' | 'view'): Step {
    const code = this.loaded.get(name) ?? this.js.load(name, bundleResolver(name));
    this.loaded.set(name, code);
    return { name, code, table: { name: table, client: this.client } };
  }
}
