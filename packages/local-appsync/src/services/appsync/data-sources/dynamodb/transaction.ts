import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DataSourceFailure } from '../failure';
import { plainItem } from './plain-value';

/**
 * The result of a transaction: `{[name], cancellationReasons: null}`; when it fails, `name` is null and
 * cancellationReasons says of each entry why, as `{type, message, item?}`, "None" being no reason. They are null where
 * the failure is not a cancellation.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/tutorial-dynamodb-transact-js.html
 */
export async function transaction(name: 'items' | 'keys', run: () => Promise<unknown>): Promise<unknown> {
  try {
    return { [name]: await run(), cancellationReasons: null };
  } catch (error) {
    if (!(error instanceof DataSourceFailure)) {
      throw error;
    }
    throw error.withResult({ [name]: null, cancellationReasons: reasonsOf(error.cause) });
  }
}

function reasonsOf(cause: unknown): unknown[] | null {
  return cause instanceof TransactionCanceledException
    ? (cause.CancellationReasons ?? []).map(({ Code, Message, Item }) => ({
        type: Code ?? 'None',
        message: Message ?? 'None',
        ...(Item && { item: plainItem(Item) }),
      }))
    : null;
}
