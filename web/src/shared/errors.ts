/** The API refused: `type` and `info` are its errorType and errorInfo. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly type: string,
    readonly info: Record<string, unknown> | null,
  ) {
    super(message);
  }
}

/** The API was not reached, or did not answer. Whether it did what it was asked for is unknown. */
export class Unreachable extends Error {}
