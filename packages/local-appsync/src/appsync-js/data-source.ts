import type { Limit } from '../shared/limit';
import type { QuirkId } from './quirks/semantics';

/** What a data source makes of a request: result and error both reach the response handler as ctx.result and ctx.error. */
export interface DataSourceAnswer {
  result: unknown;
  error?: { message: string; type: string };
  /** Reported quirks that made it what it is. */
  quirks?: QuirkId[];
}

export interface DataSourceCall {
  /**
   * The evaluated request: the JSON value that the request handler returned. `undefined` means that the resolver has
   * no handlers (a direct Lambda resolver); a handler that returned nothing is `null`.
   */
  request: unknown;
  /** Stable id of the resolver or function, e.g. 'Query.posts'. Pagination tokens are bound to it. */
  resolver: string;
  /** The handlers' ctx (JSON), for direct Lambda resolvers and Custom condition handlers. */
  context: Record<string, unknown>;
}

export interface DataSource {
  readonly name: string;
  readonly type: 'AMAZON_DYNAMODB' | 'AWS_LAMBDA' | 'NONE';
  /**
   * Resolves with an error of type `MappingTemplate` when the request itself is malformed (AppSync raises those at
   * once, without running the response handler), of `DynamoDB:…` or `Lambda:…` when the service refused or failed it.
   */
  execute(call: DataSourceCall): Promise<DataSourceAnswer>;
  /**
   * The calls of one step at one list level, answered in their order; `maxBatchSize` is the template's. `limit` is
   * the request's, for each call of the service.
   */
  executeBatch?(calls: readonly DataSourceCall[], maxBatchSize?: number, limit?: Limit): Promise<DataSourceAnswer[]>;
}
