import type { HandlerError } from '../types';
import { state } from './evaluation-state';
import { interrupt, RaisedError } from './interrupts';
import { applies } from './quirks/applied';
import { tookEffectInHelper } from './quirks/effects';

const handlerError = (message: unknown, errorType: unknown, data: unknown, errorInfo: unknown): HandlerError => ({
  message: typeof message === 'string' ? message : String(message ?? ''),
  errorType: typeof errorType === 'string' ? errorType : null,
  data: data ?? null,
  errorInfo: errorInfo ?? null,
});

/** A message or a type that is no string makes AppSync ignore the call, as it is reported (P5). */
const isIgnored = (message: unknown, errorType: unknown): boolean =>
  applies('P5') && (typeof message !== 'string' || typeof (errorType ?? '') !== 'string') && tookEffectInHelper('P5');

export const error = (message: unknown, errorType?: unknown, data?: unknown, errorInfo?: unknown): null =>
  isIgnored(message, errorType) ? null : interrupt(new RaisedError(handlerError(message, errorType, data, errorInfo)));

export const appendError = (message: unknown, errorType?: unknown, data?: unknown, errorInfo?: unknown): void => {
  if (isIgnored(message, errorType)) return;
  // A copy, because a later change of `data` by the handler must not rewrite the error.
  const entry = JSON.stringify(handlerError(message, errorType, data, errorInfo));
  state().appendedErrors.push(JSON.parse(entry) as HandlerError);
};

export const unauthorized = (): null => error('Unauthorized', 'Unauthorized');
