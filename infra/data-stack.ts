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
import { INDEXES, LISTED_ATTRIBUTES } from '../domain/view';
import { appendOnly } from './append-only';
import { Users } from './users';

/** What must outlive every deployment: the events, which are the truth, the view that is derived from them, and the users. */
export class DataStack extends Stack {
  readonly events: TableV2;
  readonly view: TableV2;
  readonly users: Users;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    this.events = new TableV2(this, 'Events', {
      partitionKey: { name: 'ticketId', type: AttributeType.STRING },
      sortKey: { name: 'version', type: AttributeType.NUMBER },
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_IMAGE,
      encryption: TableEncryptionV2.awsManagedKey(),
      resourcePolicy: appendOnly(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });

    this.view = new TableV2(this, 'View', {
      partitionKey: { name: 'ticketId', type: AttributeType.STRING },
      sortKey: { name: 'row', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      globalSecondaryIndexes: Object.values(INDEXES).map(({ name, partitionKey }) => ({
        indexName: name,
        partitionKey: { name: partitionKey, type: AttributeType.STRING },
        sortKey: { name: 'changed', type: AttributeType.STRING },
        projectionType: ProjectionType.INCLUDE,
        // Its own key is in an index anyway.
        nonKeyAttributes: LISTED_ATTRIBUTES.filter((attribute) => attribute !== partitionKey),
      })),
      removalPolicy: RemovalPolicy.DESTROY,
    });

    this.users = new Users(this, 'Users');

    // What `ops/` works on.
    new CfnOutput(this, 'EventsTable', { value: this.events.tableName });
    new CfnOutput(this, 'ViewTable', { value: this.view.tableName });
  }
}
