import { withoutItem } from '../../../appsync-js/quirks/B2';
import { withoutResult } from '../../../appsync-js/quirks/B6';
import { APPSYNC_SEMANTICS, type Semantics } from '../../../appsync-js/quirks/semantics';
import type { DataSource, DataSourceAnswer, DataSourceCall } from '../../../appsync-js/data-source';
import { batchGetItem } from './dynamodb/batch-get-item';
import { batchDeleteItem, batchPutItem } from './dynamodb/batch-write-item';
import { deleteItem } from './dynamodb/delete-item';
import { getItem } from './dynamodb/get-item';
import type { Operation } from './dynamodb/operation';
import { query, scan } from './dynamodb/pages';
import { putItem } from './dynamodb/put-item';
import { type DynamoDbOptions, DynamoDbService } from './dynamodb/service';
import { transactGetItems } from './dynamodb/transact-get-items';
import { transactWriteItems } from './dynamodb/transact-write-items';
import { updateItem } from './dynamodb/update-item';
import { answer, malformed } from './failure';
import { operationOf } from './shape';

export type { DynamoDbOptions } from './dynamodb/service';

const OPERATIONS: Record<string, Operation> = {
  GetItem: getItem,
  PutItem: putItem,
  UpdateItem: updateItem,
  DeleteItem: deleteItem,
  Query: query,
  Scan: scan,
  BatchGetItem: batchGetItem,
  BatchPutItem: batchPutItem,
  BatchDeleteItem: batchDeleteItem,
  TransactGetItems: transactGetItems,
  TransactWriteItems: transactWriteItems,
};

/**
 * A DynamoDB table, and the tables that batches and transactions name, as AppSync uses them.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/js-resolver-reference-dynamodb.html
 */
export class DynamoDbDataSource implements DataSource {
  readonly type = 'AMAZON_DYNAMODB';
  private readonly service: DynamoDbService;
  private readonly semantics: Semantics;

  constructor(options: DynamoDbOptions) {
    this.semantics = options.semantics ?? APPSYNC_SEMANTICS;
    this.service = new DynamoDbService(options);
  }

  get name(): string {
    return this.service.name;
  }

  async execute(call: DataSourceCall): Promise<DataSourceAnswer> {
    const made = await answer(() => operation(operationOf(call.request))(this.service, call));
    if (this.semantics.applies('B2') && made.error) {
      return withoutItem(made);
    }
    return this.semantics.applies('B6') ? withoutResult(made, call) : made;
  }
}

function operation(name: string): Operation {
  if (Object.hasOwn(OPERATIONS, name)) {
    return OPERATIONS[name]!;
  }
  const reason = name === 'Sync' ? ' Sync is for versioned data sources, which do not run here.' : '';
  throw malformed(`Unsupported operation '${name}'.${reason} Supported: ${Object.keys(OPERATIONS).join(', ')}.`);
}
