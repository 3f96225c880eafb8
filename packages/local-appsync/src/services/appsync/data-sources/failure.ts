import type { DataSourceAnswer } from '../../../appsync-js/data-source';

/** A failure that the response handler hears of: `type` and `message` become ctx.error, `result` becomes ctx.result. */
export class DataSourceFailure extends Error {
  override readonly name = 'DataSourceFailure';
  constructor(
    readonly type: string,
    message: string,
    readonly result: unknown = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The same failure beside another result. */
  withResult(result: unknown): DataSourceFailure {
    return new DataSourceFailure(this.type, this.message, result, { cause: this.cause });
  }
}

/** The evaluated request is not one that AppSync takes. */
export function malformed(message: string): DataSourceFailure {
  return new DataSourceFailure('MappingTemplate', message);
}

/** Runs the work, which may be a promise's, and puts its failure into the answer; any other exception is a fault of ours and rejects. */
export async function answer(work: () => unknown): Promise<DataSourceAnswer> {
  try {
    return { result: await work() };
  } catch (error) {
    if (error instanceof DataSourceFailure) {
      return failed(error);
    }
    throw error;
  }
}

export function failed({ type, message, result }: DataSourceFailure): DataSourceAnswer {
  return {
    result,
    error: { message, type },
  };
}
