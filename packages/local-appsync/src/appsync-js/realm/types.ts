import type { QuirkId } from '../quirks/semantics';

/** What crosses the border of the realm. Everything here is JSON. */

/** One entry of `errors`, before the endpoint adds path and locations. */
export interface HandlerError {
  message: string;
  errorType: string | null;
  data: unknown;
  errorInfo: unknown;
}

export type HandlerName = 'request' | 'response';

/** The `ctx` of a handler; `args` is added inside the realm as another name of `arguments`. */
export interface HandlerContext {
  arguments: Record<string, unknown>;
  identity: unknown;
  source: unknown;
  request: { headers: Record<string, string | string[]>; domainName: string | null };
  info: {
    fieldName: string;
    parentTypeName: string;
    variables: Record<string, unknown>;
    selectionSetList: string[];
    selectionSetGraphQL: string;
  };
  stash: Record<string, unknown>;
  prev: { result: unknown } | null;
  env: Record<string, string>;
  result?: unknown;
  error?: { message: string; type: string };
  /** What `util.authType()` answers; without it the mode is read from the shape of `identity`. */
  authType?: string;
}

export type Outcome =
  | { kind: 'value'; value: unknown }
  | { kind: 'earlyReturn'; value: unknown; skipTo: 'END' | 'NEXT' | null }
  | { kind: 'error'; error: HandlerError };

/** What a handler asked for besides its value. */
export interface Effects {
  subscriptionFilter?: unknown;
  subscriptionInvalidationFilter?: unknown;
  /** `{subscriptionField, payload}` each, in call order. */
  invalidations: unknown[];
  /** `{typeName, fieldName, keyValuePair}` each, in call order. */
  cacheEvictions: unknown[];
  responseHeaders: Record<string, string>;
}

/** A reported difference from JavaScript that made a difference. */
export interface QuirkEffect {
  id: QuirkId;
  /** Where in the code; without a place it acted around the code. */
  line?: number;
  column?: number;
  /** The argument that it made another. */
  argument?: string;
}

export interface Evaluation {
  outcome: Outcome;
  stash: Record<string, unknown>;
  appendedErrors: HandlerError[];
  effects: Effects;
  /** Each once for a place; absent if there are none. */
  quirks?: QuirkEffect[];
  /** Quirks that are not applied and would have made a difference, as far as that shows. */
  dependsOn?: QuirkEffect[];
  /** How long all of this is as JSON. */
  characters: number;
}
