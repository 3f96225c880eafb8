import { randomUUID } from 'node:crypto';
import { type GraphQLResolveInfo, responsePathAsArray } from 'graphql';
import type { HandlerName, Outcome, QuirkEffect } from '../../../appsync-js/realm/realm';
import type { RequestContext } from './context';
import type { ErrorEntry } from '../errors';
import type { GraphqlRequest, Operation } from './operation';

/** Something that happened while a field was resolved. Values are as they are now: later they may change. */
export type TraceEvent = {
  step: string;
  /** Reported differences from JavaScript that acted in it, or on the way to it. */
  quirks?: QuirkEffect[];
} & (
  | { kind: 'evaluation'; handler: HandlerName; outcome: Outcome; stash: unknown }
  | { kind: 'dataSource'; dataSource: string; answer: { result?: unknown; error?: unknown }; ms: number }
);

/** One field that a resolver is run for. */
export interface TracedField {
  /** Where it stands in the answer: `['posts', 'items', 0, 'comments']`. */
  path: (string | number)[];
  parentType: string;
  fieldName: string;
}

/** Follows one request. */
export interface RequestTrace {
  /** Gives what hears of a field's steps. */
  field(field: TracedField): (event: TraceEvent) => void;
  end(answer: { data: unknown; errors?: ErrorEntry[] }): void;
}

export interface TracedRequest {
  requestId: string;
  operation: 'query' | 'mutation' | 'subscription';
  name?: string;
  authorization: string;
  query: string;
  variables: Record<string, unknown>;
}

/** Follows requests, as AppSync does when its field-level logs are on. */
export interface Tracer {
  begin(request: TracedRequest): RequestTrace;
}

export function tracedRequest(
  { definition }: Operation,
  { query, variables }: GraphqlRequest,
  { caller, headers }: RequestContext,
): TracedRequest {
  return {
    requestId: String(headers['x-amzn-requestid'] ?? randomUUID()),
    operation: definition.operation,
    name: definition.name?.value,
    authorization: caller.mode,
    query,
    variables: variables ?? {},
  };
}

export function tracedField({ path, parentType, fieldName }: GraphQLResolveInfo): TracedField {
  return { path: responsePathAsArray(path), parentType: parentType.name, fieldName };
}
