import type { HandlerError } from '../types';
import { state } from './evaluation-state';
import { interrupt, RaisedError } from './interrupts';
import { applies } from './quirks/applied';
import { tookEffectInHelper } from './quirks/effects';

function handlerError(message: unknown, errorType: unknown, data: unknown, errorInfo: unknown): HandlerError {
  return {
    message: typeof message === 'string' ? message : String(message ?? ''),
    errorType: typeof errorType === 'string' ? errorType : null,
    data: data ?? null,
    errorInfo: errorInfo ?? null,
  };
}

/** A message or a type that is no string makes AppSync ignore the call, as it is reported (P5). */
function isIgnored(message: unknown, errorType: unknown): boolean {
  return (
    applies('P5') && (typeof message !== 'string' || typeof (errorType ?? '') !== 'string') && tookEffectInHelper('P5')
  );
}

export function error(message: unknown, errorType?: unknown, data?: unknown, errorInfo?: unknown): null {
  return isIgnored(message, errorType)
    ? null
    : interrupt(new RaisedError(handlerError(message, errorType, data, errorInfo)));
}

export function appendError(message: unknown, errorType?: unknown, data?: unknown, errorInfo?: unknown): void {
  if (isIgnored(message, errorType)) {
    return;
  }
  // A copy, because a later change of `data` by the handler must not rewrite the error.
  const entry = JSON.stringify(handlerError(message, errorType, data, errorInfo));
  state().appendedErrors.push(JSON.parse(entry) as HandlerError);
}

export function unauthorized(): null {
  return error('Unauthorized', 'Unauthorized');
}
