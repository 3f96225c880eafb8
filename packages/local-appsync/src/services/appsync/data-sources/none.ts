import type { DataSource, DataSourceAnswer, DataSourceCall } from '../../../appsync-js/data-source';
import { answer } from './failure';
import { anything, object, optional, present, text } from './shape';

const read = object({ version: optional(text), payload: anything });

/**
 * The data source without a service: the request's payload is the result.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-none-js.html
 */
export class NoneDataSource implements DataSource {
  readonly type = 'NONE';
  constructor(readonly name: string) {}

  execute({ request }: DataSourceCall): Promise<DataSourceAnswer> {
    return answer(() => read(present(request), '$').payload ?? null);
  }
}
