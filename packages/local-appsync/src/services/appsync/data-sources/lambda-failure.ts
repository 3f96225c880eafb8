import type { InvocationResult } from '../../lambda/function';
import { DataSourceFailure } from './failure';

/** What AppSync makes of a function that failed: whatever it threw, the type is Lambda:Unhandled. */
export function invocationFailure({ errorMessage }: Extract<InvocationResult, { ok: false }>): DataSourceFailure {
  return new DataSourceFailure('Lambda:Unhandled', errorMessage);
}

/** An invocation that Lambda itself refused, such as one that is too large; any other exception is a fault of ours. */
export function refusedInvocation(error: unknown): never {
  if (error instanceof Error && error.name.endsWith('Exception')) {
    throw new DataSourceFailure(`Lambda:${error.name}`, error.message, null, { cause: error });
  }
  throw error;
}
