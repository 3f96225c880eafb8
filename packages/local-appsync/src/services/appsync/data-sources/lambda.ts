import { executeBatch, type Invoke } from './batch';
import type { DataSource, DataSourceAnswer, DataSourceCall } from '../../../appsync-js/data-source';
import type { Limit } from '../../../shared/limit';

/**
 * A Lambda function as AppSync invokes it. A failure of the function is `Lambda:Unhandled` with its message; an
 * invocation of type Event answers null at once.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-lambda-js.html
 */
export class LambdaDataSource implements DataSource {
  readonly type = 'AWS_LAMBDA';

  constructor(
    readonly name: string,
    private readonly invoke: Invoke,
  ) {}

  /** One call. A BatchInvoke is a batch of one. */
  async execute(call: DataSourceCall): Promise<DataSourceAnswer> {
    const [answer] = await this.executeBatch([call]);
    return answer!;
  }

  /**
   * The calls of one resolver at one list level, such as `author` of each post in a list: resolves with an answer each,
   * in their order. Those that ask for BatchInvoke, and those without handlers if `maxBatchSize` is above 0, reach the
   * function as lists of at most that many payloads; the others one by one.
   *
   * `maxBatchSize` is that of the resolver or function in the template; 0, its default, means 5 for BatchInvoke.
   * One call's failure is its own: a malformed request is left out of the list, and a whole list fails together only
   * when the function does.
   */
  executeBatch(calls: readonly DataSourceCall[], maxBatchSize = 0, limit?: Limit): Promise<DataSourceAnswer[]> {
    const invoke: Invoke = limit ? (payload) => limit(() => this.invoke(payload)) : this.invoke;
    return executeBatch(invoke, calls, maxBatchSize);
  }
}
