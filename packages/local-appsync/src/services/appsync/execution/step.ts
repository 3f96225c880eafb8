import type { ResolverCode } from '../../../appsync-js/realm/realm';
import type { DataSource } from '../../../appsync-js/data-source';

/** A handler module bound to its data source: a unit resolver, or a function of a pipeline. */
export interface Step {
  id: string;
  /** Without code the data source gets the whole context, and its answer is the value. */
  code?: ResolverCode;
  dataSource?: DataSource;
  /** How many calls of a list level its data source takes at once; 0 and absent: one. */
  maxBatchSize?: number;
}
