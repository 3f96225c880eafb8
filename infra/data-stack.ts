import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { appendOnly } from './append-only';
import type { Stage } from './stage';
import { Users } from './users';
import { type ViewShape, type Views, VIEWS } from './views';

export interface DataStackProps extends StackProps {
  stage: Stage;
  /** Default: those of `infra/views.ts`. */
  views?: Views;
}

/** What must outlive every deployment: the events, which are the truth, the view that is derived from them, and the users. */
export class DataStack extends Stack {
  readonly events: TableV2;
  readonly users: Users;
  private readonly views: Record<string, TableV2>;

  constructor(scope: Construct, id: string, { stage, views = VIEWS, ...props }: DataStackProps) {
    super(scope, id, props);

    this.events = new TableV2(this, 'Events', {
      partitionKey: { name: 'ticketId', type: AttributeType.STRING },
      sortKey: { name: 'version', type: AttributeType.NUMBER },
      billing: Billing.onDemand(),
      // The old image is for whoever looks at what was changed. To add it later would make another stream.
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      encryption: TableEncryptionV2.awsManagedKey(),
      resourcePolicy: appendOnly(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });

    this.views = Object.fromEntries(
      Object.entries(views).map(([name, shape]) => [name, this.viewTable(name, shape, stage)]),
    );

    this.users = new Users(this, 'Users');

    // What `ops/` works on.
    new CfnOutput(this, 'EventsTable', { value: this.events.tableName });
    // Which of them is in use is an output of the API's stack.
    Object.entries(this.views).forEach(
      ([name, view]) => new CfnOutput(this, `TableOf${name}`, { value: view.tableName }),
    );

    // CloudFormation refuses to drop an export that another stack still imports, and this stack is deployed first. So the
    // exports are named here, and do not depend on what the other stacks come to need.
    [
      ...[this.events.tableName, this.events.tableArn, this.events.tableStreamArn!],
      ...Object.values(this.views).flatMap(({ tableName, tableArn }) => [tableName, tableArn]),
      ...[this.users.pool.userPoolId, this.users.webClient.userPoolClientId],
    ].forEach((value) => this.exportValue(value));
  }

  /** The table of a view. Throws if there is none of that name. */
  view(name: string): TableV2 {
    const view = this.views[name];
    if (!view) {
      throw new Error(`There is no view ${name}: infra/views.ts has ${Object.keys(this.views).join(', ')}.`);
    }
    return view;
  }

  private viewTable(name: string, { indexes, listed }: ViewShape, stage: Stage): TableV2 {
    return new TableV2(this, name, {
      partitionKey: { name: 'ticketId', type: AttributeType.STRING },
      sortKey: { name: 'row', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      globalSecondaryIndexes: indexes.map((index) => ({
        indexName: index.name,
        partitionKey: { name: index.partitionKey, type: AttributeType.STRING },
        sortKey: { name: index.sortKey, type: AttributeType.STRING },
        projectionType: ProjectionType.INCLUDE,
        // Its own key is in an index anyway.
        nonKeyAttributes: listed.filter((attribute) => attribute !== index.partitionKey),
      })),
      // Nothing is lost with it, but a rebuild takes time, and until then there are no lists.
      deletionProtection: stage === 'prod',
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
