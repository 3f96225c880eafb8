import type { HandlerError } from '../types';

// Not Error objects: they carry an answer, not a fault, and need no stack.

/** Thrown by util.error and util.unauthorized; ends the handler. */
export class RaisedError {
  constructor(readonly error: HandlerError) {}
}

/** Thrown by runtime.earlyReturn; ends the handler with a value. */
export class EarlyReturn {
  constructor(
    readonly value: unknown,
    readonly skipTo: 'END' | 'NEXT' | null,
  ) {}
}

/** Ends the running handler; resolver code has no way to catch it. */
export function interrupt(reason: RaisedError | EarlyReturn): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- see above
  throw reason;
}
