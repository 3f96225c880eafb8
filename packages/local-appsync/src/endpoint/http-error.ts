/** A request that is refused: the HTTP status, the error's name in the service's protocol, and a sentence for people. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly errorType: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const FAILURE = 'An internal failure occurred.';

/** What a caller is told of an error: one that nobody foresaw goes to stderr, and is told by this name without its details. */
export function told(error: unknown, failureType: string): HttpError {
  if (error instanceof HttpError) {
    return error;
  }
  console.error(error);
  return new HttpError(500, failureType, FAILURE);
}
