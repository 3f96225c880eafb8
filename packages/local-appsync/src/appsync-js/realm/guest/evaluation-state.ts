import type { QuirkId } from '../../quirks/semantics';
import type { Effects, HandlerError } from '../types';

/** A quirk that acted: where, as the number that the rewritten code names its place by, or as "line:column" of that code. */
export type Effect = [id: QuirkId, place: number | string];

/** What the running handler has asked for so far; a new one for each evaluation. */
export interface EvaluationState {
  identity: unknown;
  authType: string | undefined;
  appendedErrors: HandlerError[];
  effects: Effects;
  /** Quirks that acted; most handlers have none. */
  quirks: Effect[] | undefined;
  /** Quirks that are not applied and would have acted. */
  dependsOn: Effect[] | undefined;
}

export function newState(identity: unknown, authType: string | undefined): EvaluationState {
  return {
    identity,
    authType,
    appendedErrors: [],
    effects: { invalidations: [], cacheEvictions: [], responseHeaders: {} },
    quirks: undefined,
    dependsOn: undefined,
  };
}

// Handlers are synchronous and run one at a time, so one variable is enough.
let running: EvaluationState = newState(null, undefined);

export function state(): EvaluationState {
  return running;
}

export function setState(next: EvaluationState): void {
  running = next;
}
