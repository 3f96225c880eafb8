import type {
  AttributeDefinition,
  CreateTableCommandInput,
  KeySchemaElement,
  LocalSecondaryIndex,
  Projection,
  StreamViewType,
} from '@aws-sdk/client-dynamodb';

/** A table as CloudFormation describes it: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-dynamodb-table.html */
export interface TableDefinition {
  /** The physical name. */
  tableName: string;
  /** Resolved `Properties` of an `AWS::DynamoDB::Table` or an `AWS::DynamoDB::GlobalTable`. */
  properties: TableProperties;
}

/**
 * The properties that change how a table answers. All others (capacity, encryption, tags, replicas, point-in-time
 * recovery, deletion protection …) are about running it on AWS, and engines lack them.
 */
export interface TableProperties {
  KeySchema: KeySchemaElement[];
  AttributeDefinitions?: AttributeDefinition[];
  GlobalSecondaryIndexes?: IndexProperties[];
  LocalSecondaryIndexes?: LocalSecondaryIndex[];
  StreamSpecification?: { StreamViewType?: StreamViewType };
  TimeToLiveSpecification?: { AttributeName?: string; Enabled?: boolean | 'true' | 'false' };
  [other: string]: unknown;
}

export interface IndexProperties {
  IndexName: string;
  KeySchema: KeySchemaElement[];
  Projection: Projection;
  [other: string]: unknown;
}

/** What CreateTable is asked for. */
export function createTableInput({ tableName, properties }: TableDefinition): CreateTableCommandInput {
  return {
    TableName: tableName,
    KeySchema: properties.KeySchema,
    AttributeDefinitions: properties.AttributeDefinitions,
    // Whatever the template bills by: engines throttle nothing, and provisioned numbers would only be carried along.
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexes: emptyToAbsent(properties.GlobalSecondaryIndexes?.map(indexInput)),
    LocalSecondaryIndexes: emptyToAbsent(properties.LocalSecondaryIndexes),
    StreamSpecification: streamInput(properties),
  };
}

/** An index without what only AWS has. */
export function indexInput({ IndexName, KeySchema, Projection }: IndexProperties) {
  return { IndexName, KeySchema, Projection };
}

/** The stream that the definition wants, or nothing. */
export function streamInput({ StreamSpecification }: TableProperties) {
  const viewType = StreamSpecification?.StreamViewType;
  return viewType === undefined ? undefined : { StreamEnabled: true, StreamViewType: viewType };
}

/** The attribute by whose time items expire, or nothing. CloudFormation also takes booleans as text. */
export function expiryAttribute({ TimeToLiveSpecification: ttl }: TableProperties): string | undefined {
  return String(ttl?.Enabled) === 'true' ? ttl?.AttributeName : undefined;
}

/** A key in words, `postId (S, HASH), version (N, RANGE)`: equal keys have equal words. */
export function keyInWords(schema: KeySchemaElement[] = [], attributes: AttributeDefinition[] = []): string {
  const typeOf = new Map(attributes.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
  return schema
    .map((key) => `${key.AttributeName} (${typeOf.get(key.AttributeName) ?? '?'}, ${key.KeyType})`)
    .join(', ');
}

/** An index in words, with its key and what it projects: equal indexes have equal words. */
export function indexInWords(
  { KeySchema, Projection: projection }: { KeySchema?: KeySchemaElement[]; Projection?: Projection },
  attributes?: AttributeDefinition[],
): string {
  const included = [...(projection?.NonKeyAttributes ?? [])].sort();
  return `${keyInWords(KeySchema, attributes)} projecting ${[projection?.ProjectionType ?? 'ALL', ...included].join(' ')}`;
}

function emptyToAbsent<T>(list: T[] | undefined) {
  return list?.length ? list : undefined;
}
