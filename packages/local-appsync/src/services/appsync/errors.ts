import { type GraphQLError, type GraphQLResolveInfo, type GraphQLSchema, responsePathAsArray } from 'graphql';
import type { HandlerError } from '../../appsync-js/realm/realm';
import { completionMessage } from './execution/completion';
import { selectedData } from './execution/selection';

/** An entry of a response's `errors`. AppSync prints its own keys at the top level, in this order. */
export interface ErrorEntry {
  path: readonly (string | number)[] | null;
  data?: unknown;
  errorType?: string | null;
  errorInfo?: unknown;
  locations: { line: number; column: number; sourceName: null }[] | null;
  message: string;
}

/** What a resolver or a field's authorization answers instead of a value; `data` is cut down to the selection. */
export class FieldError extends Error {
  constructor(
    message: string,
    readonly errorType: string | null,
    readonly data: unknown = null,
    readonly errorInfo: unknown = null,
  ) {
    super(message);
  }
}

/** The answer's entry for an error that a resolver appended: the field has its value all the same. */
export function appendedEntry(
  { message, errorType, data, errorInfo }: HandlerError,
  info: GraphQLResolveInfo,
): ErrorEntry {
  const path = responsePathAsArray(info.path);
  const locations = info.fieldNodes.map(({ loc }) => {
    const { line, column } = loc!.startToken;
    return { line, column, sourceName: null };
  });
  return { path, data: selectedData(data, info), errorType, errorInfo, locations, message };
}

/** The answer's entry for an error of graphql-js: of validation (no path), of a resolver, or of completing a value. */
export function errorEntry(error: GraphQLError, schema: GraphQLSchema): ErrorEntry {
  const locations = error.locations?.map(({ line, column }) => ({ line, column, sourceName: null })) ?? null;
  const path = error.path ?? null;
  const original = error.originalError;
  if (original instanceof FieldError) {
    return {
      path,
      data: original.data,
      errorType: original.errorType,
      errorInfo: original.errorInfo,
      locations,
      message: original.message,
    };
  }
  return path
    ? { path, locations: null, message: completionMessage(error, schema) }
    : { path, locations, message: error.message };
}
