import type { HandlerError } from '../types';
import { state } from './evaluationState';
import { interrupt, RaisedError } from './interrupts';

const handlerError = (message: unknown, errorType: unknown, data: unknown, errorInfo: unknown): HandlerError => ({
  message: typeof message === 'string' ? message : String(message ?? ''),
  errorType: typeof errorType === 'string' ? errorType : null,
  data: data ?? null,
  errorInfo: errorInfo ?? null,
});

export const error = (message: unknown, errorType?: unknown, data?: unknown, errorInfo?: unknown): never =>
  interrupt(new RaisedError(handlerError(message, errorType, data, errorInfo)));

export const appendError = (message: unknown, errorType?: unknown, data?: unknown, errorInfo?: unknown): void => {
  // A copy, because a later change of `data` by the handler must not rewrite the error.
  const entry = JSON.stringify(handlerError(message, errorType, data, errorInfo));
  state().appendedErrors.push(JSON.parse(entry) as HandlerError);
};

export const unauthorized = (): never => error('Unauthorized', 'Unauthorized');
