import { StartError } from '../../shared/start-error';
import { MAX_REQUEST_BYTES } from './invocation';

/** The template asks for a runtime that cannot run here. */
export class UnsupportedRuntimeError extends StartError {
  override readonly name = 'UnsupportedRuntimeError';
  constructor(
    readonly functionName: string,
    readonly runtime: string,
  ) {
    super(
      `Function ${functionName} has runtime "${runtime}"; only Node.js runtimes (nodejs20.x, nodejs22.x, …) run ` +
        `locally. Change its Runtime, or leave it out of the assembly that is started here.`,
    );
  }
}

/**
 * The payload is over Lambda's limit for a synchronous invocation; the name is that of the API's error.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export class RequestTooLargeError extends Error {
  override readonly name = 'RequestTooLargeException';
  constructor(functionName: string, bytes: number) {
    super(
      `Request must be smaller than ${MAX_REQUEST_BYTES} bytes for the InvokeFunction operation: ` +
        `the payload for ${functionName} has ${bytes}.`,
    );
  }
}

/** The function was invoked after stop(), or stop() came while the invocation waited for an environment. */
export class FunctionStoppedError extends Error {
  override readonly name = 'FunctionStoppedError';
  constructor(functionName: string) {
    super(`Function ${functionName} has been stopped; it takes no more invocations.`);
  }
}
