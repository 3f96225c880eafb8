import {
  type FieldNode,
  getNamedType,
  type GraphQLError,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  responsePathAsArray,
} from 'graphql';
import type { HandlerError } from '../realm/realm';

/** An entry of a response's `errors`. AppSync prints its own keys at the top level, in this order. */
export interface ErrorEntry {
  path: readonly (string | number)[] | null;
  data?: unknown;
  errorType?: string | null;
  errorInfo?: unknown;
  locations: { line: number; column: number; sourceName: null }[] | null;
  message: string;
}

/** What a resolver or a field's authorization answers instead of a value. */
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

/** A request that is refused as a whole: the HTTP status, and the only error of the answer. */
export class RequestError extends Error {
  constructor(
    readonly status: number,
    readonly errorType: string,
    message: string,
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
  return { path, data: selected(data, info.fieldNodes), errorType, errorInfo, locations, message };
}

/** The answer's entry for an error of graphql-js: of validation (no path), of a resolver, or of completing a value. */
export function errorEntry(error: GraphQLError, schema: GraphQLSchema): ErrorEntry {
  const locations = error.locations?.map(({ line, column }) => ({ line, column, sourceName: null })) ?? null;
  const path = error.path ?? null;
  const original = error.originalError;
  if (original instanceof FieldError) {
    return {
      path,
      data: selected(original.data, (error.nodes ?? []) as FieldNode[]),
      errorType: original.errorType,
      errorInfo: original.errorInfo,
      locations,
      message: original.message,
    };
  }
  return { path, locations, message: path ? completionMessage(error, schema) : error.message };
}

/** AppSync's words for a null where the schema allows none; others as graphql-js says them. */
function completionMessage(error: GraphQLError, schema: GraphQLSchema): string {
  const [, parent, field] = /^Cannot return null for non-nullable field (\w+)\.(\w+)\.$/.exec(error.message) ?? [];
  const type = parent === undefined ? undefined : schema.getType(parent);
  if (!field || !isObjectType(type)) {
    return error.message;
  }
  const fieldType = getNamedType(type.getFields()[field]!.type);
  return `Cannot return null for non-nullable type: '${fieldType.name}' within parent '${parent}' (/${error.path!.join('/')})`;
}

/** An error's data, cut down to what the client selected. */
function selected(data: unknown, nodes: readonly FieldNode[]): unknown {
  const selections = nodes.flatMap((node) => node.selectionSet?.selections ?? []);
  if (data === undefined || data === null || typeof data !== 'object' || selections.length === 0) {
    return data ?? null;
  }
  if (Array.isArray(data)) {
    return data.map((item) => selected(item, nodes));
  }
  const fields = selections.filter((selection): selection is FieldNode => selection.kind === 'Field');
  return Object.fromEntries(
    fields.map((field) => [
      field.alias?.value ?? field.name.value,
      selected((data as Record<string, unknown>)[field.name.value], [field]),
    ]),
  );
}
