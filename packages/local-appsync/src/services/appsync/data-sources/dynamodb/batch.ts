import { DataSourceFailure } from '../failure';
import { plainItem } from './plain-value';
import type { Item } from './typed-value';

export type ByTable<T> = Record<string, T>;

export function mapTables<T, U>(tables: ByTable<T>, make: (of: T, tableName: string) => U): ByTable<U> {
  return Object.fromEntries(Object.entries(tables).map(([tableName, of]) => [tableName, make(of, tableName)]));
}

/** What became of a batch: the answer to each key or item that was asked for, and what DynamoDB did not get to. */
interface Outcome {
  answerTo: (requested: Item, tableName: string) => Record<string, unknown> | null;
  unprocessed: ByTable<Item[] | undefined>;
}

/**
 * The result of a batch: `{data: {table: […]}, unprocessedKeys: {table: […]}}` (or unprocessedItems), with every table of
 * the request in both and data in the order of the request. When the batch fails, ctx.result has that shape too:
 * nothing was processed.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/tutorial-dynamodb-batch-js.html (error handling)
 */
export async function batch(
  requested: ByTable<Item[]>,
  unprocessedName: 'unprocessedKeys' | 'unprocessedItems',
  run: () => Promise<Outcome>,
): Promise<unknown> {
  const result = ({ answerTo, unprocessed }: Outcome) => ({
    data: mapTables(requested, (items, tableName) => items.map((item) => answerTo(item, tableName))),
    [unprocessedName]: mapTables(requested, (_, tableName) => (unprocessed[tableName] ?? []).map(plainItem)),
  });
  try {
    return result(await run());
  } catch (error) {
    if (!(error instanceof DataSourceFailure)) {
      throw error;
    }
    throw error.withResult(result({ answerTo: () => null, unprocessed: requested }));
  }
}
