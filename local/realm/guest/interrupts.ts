import type { HandlerError } from '../types';

// Not Error objects: no stack is captured, and no resolver code can catch them.

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
