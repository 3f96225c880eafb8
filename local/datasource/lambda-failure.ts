import type { InvocationResult } from '../lambda/function';
import { DataSourceFailure } from './failure';

/** What AppSync makes of a function that failed: whatever it threw, the type is Lambda:Unhandled. */
export const invocationFailure = ({ errorMessage }: Extract<InvocationResult, { ok: false }>): DataSourceFailure =>
  new DataSourceFailure('Lambda:Unhandled', errorMessage);
