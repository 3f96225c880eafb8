import type { DataSourceCall } from '../../../../appsync-js/data-source';
import type { DynamoDbService } from './service';

/**
 * Executes one operation of a DynamoDB data source; resolves with ctx.result.
 * @throws DataSourceFailure
 */
export type Operation = (service: DynamoDbService, call: DataSourceCall) => Promise<unknown>;
