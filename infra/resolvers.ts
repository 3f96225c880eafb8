import {
  AppsyncFunction,
  type BaseDataSource,
  DynamoDbDataSource,
  FunctionRuntime,
  type GraphqlApi,
  NoneDataSource,
  type Resolver,
} from 'aws-cdk-lib/aws-appsync';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { MOST_CALLS } from '../domain/decide';
import { MOST_READS } from '../domain/listing';
import { INDEXES } from '../domain/view';
import { resolverCode } from './resolver-code';

export interface ResolversProps {
  api: GraphqlApi;
  events: TableV2;
  view: TableV2;
}

/** Every field that has a resolver, the data source that it uses, and what that data source may do. */
export class Resolvers extends Construct {
  /** Takes what the projector publishes. */
  readonly publish: Resolver;
  /** Says which changes a subscriber hears. */
  readonly subscribe: Resolver;
  /** The steps that write events: every command goes through them. */
  readonly writers: AppsyncFunction[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ResolversProps,
  ) {
    super(scope, id);

    // GetItem also because AppSync itself reads the stored item when a condition fails.
    const append = this.table('AppendEvents', props.events, ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem']);
    const history = this.table('ReadEvents', props.events, ['dynamodb:Query', 'dynamodb:GetItem']);
    const indexes = Object.values(INDEXES).map(({ name }) => name);
    const view = this.table('ReadView', props.view, ['dynamodb:GetItem', 'dynamodb:Query'], indexes);
    const none = new NoneDataSource(this, 'PassThrough', { api: props.api, name: 'PassThrough' });

    // A function for each call: AppSync does not say that a pipeline may have the same one twice.
    const calls = Array.from({ length: MOST_CALLS }, (_, call) => this.step('append', append, `append${call + 1}`));
    const reads = Array.from({ length: MOST_READS }, (_, read) => this.step('readList', view, `readList${read + 1}`));

    this.pipeline('Mutation.createTicket', calls.slice(0, 2));
    this.pipeline('Mutation.updateTicket', calls);
    this.pipeline('Mutation.addComment', calls);
    const readers = [
      this.pipeline('Query.ticket', [this.step('readView', view), this.step('readVersion', history)]),
      this.pipeline('Query.tickets', reads),
      this.pipeline('Query.ticketEvents', [this.step('readEvents', history), this.step('ticketExists', history)]),
      this.pipeline('Ticket.description', [this.step('readDescription', history)]),
      this.unit('Ticket.comments', view),
      this.unit('Ticket.events', history),
    ];
    this.publish = this.unit('Mutation.publishTicketChange', none);
    this.subscribe = this.unit('Subscription.onTicketChanged', none);

    // The writers are deployed last, so that no older code reads what newer code wrote.
    this.writers = calls;
    calls.forEach((call) => call.node.addDependency(...readers));
  }

  /** A data source whose role allows these actions on this table, and on its indexes if it has any, and nothing else. */
  private table(name: string, table: TableV2, actions: string[], indexes: string[] = []): DynamoDbDataSource {
    const role = new Role(this, `${name}Role`, { assumedBy: new ServicePrincipal('appsync.amazonaws.com') });
    const resources = [table.tableArn, ...indexes.map((index) => `${table.tableArn}/index/${index}`)];
    role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources }));
    return new DynamoDbDataSource(this, name, {
      api: this.props.api,
      name,
      table,
      // The construct would grant itself every read and write.
      serviceRole: role.withoutPolicyUpdates(),
    });
  }

  /** `file` is of `resolvers/steps/`. */
  private step(file: string, dataSource: BaseDataSource, name = file): AppsyncFunction {
    return new AppsyncFunction(this, name, {
      api: this.props.api,
      name,
      dataSource,
      code: resolverCode(`steps/${file}`),
      runtime: FunctionRuntime.JS_1_0_0,
    });
  }

  private unit(field: string, dataSource: BaseDataSource): Resolver {
    return dataSource.createResolver(field, { ...this.field(field) });
  }

  private pipeline(field: string, steps: AppsyncFunction[]): Resolver {
    return this.props.api.createResolver(field, { ...this.field(field), pipelineConfig: steps });
  }

  /** `Type.field`, which is also the name of the file in `resolvers/`. */
  private field(field: string) {
    const [typeName, fieldName] = field.split('.') as [string, string];
    return { typeName, fieldName, code: resolverCode(field), runtime: FunctionRuntime.JS_1_0_0 };
  }
}
