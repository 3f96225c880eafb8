import type { QuirkId } from '../../quirks/semantics';
import type { Evaluation, HandlerContext, HandlerName } from '../types';
import { installBuiltins } from './builtins';
import { openContext } from './context';
import { type Effect, newState, setState, state } from './evaluation-state';
import { setHost, type Host } from './host';
import { modules } from './modules';
import { outcomeOfThrown, type GuestOutcome } from './outcome';
import { quirks } from './quirks';
import { setApplied } from './quirks/applied';
import { limitArrayMethods } from './quirks/L1';
import { withPlainArguments } from './quirks/N1';

type Handler = (ctx: unknown) => unknown;
/** Resolver code as a function: each call is a fresh module, so its state cannot outlive a handler. */
export type Factory = (modules: object, quirks: object) => Partial<Record<HandlerName, Handler>>;

/** An Evaluation whose places are those of the rewritten code. */
export interface GuestEvaluation extends Omit<Evaluation, 'outcome' | 'quirks' | 'dependsOn' | 'characters'> {
  outcome: GuestOutcome;
  quirks?: Effect[];
  dependsOn?: Effect[];
}

// Own references: resolver code sees other versions of these.
const { parse, stringify } = JSON;

let importable: object = modules;

function run(factory: Factory, handler: HandlerName, ctx: unknown): GuestOutcome {
  try {
    const handle = factory(importable, quirks)[handler];
    if (!handle) {
      throw new TypeError(`${handler} is not exported`);
    }
    return { kind: 'value', value: handle(ctx) ?? null };
  } catch (thrown) {
    return outcomeOfThrown(thrown);
  }
}

function report(outcome: GuestOutcome, stash: unknown): string {
  const { appendedErrors, effects, quirks, dependsOn } = state();
  return stringify({ outcome, stash, appendedErrors, effects, quirks, dependsOn });
}

/**
 * Runs one handler.
 * @param contextText a HandlerContext as JSON
 * @returns a GuestEvaluation as JSON
 */
export function evaluate(factory: Factory, handler: HandlerName, contextText: string): string {
  const given = parse(contextText) as HandlerContext;
  setState(newState(given.identity, given.authType));
  const ctx = openContext(given);
  const outcome = run(factory, handler, ctx);
  try {
    return report(outcome, ctx['stash']);
  } catch (thrown) {
    // A value with no JSON form (a cycle): the handler failed, whatever it answered.
    setState(newState(null, undefined));
    return report(outcomeOfThrown(thrown), {});
  }
}

/** Called once, right after this bundle ran in its new realm. */
export function install(host: Host, quirkIds: readonly QuirkId[]): void {
  setApplied(quirkIds);
  setHost(host);
  importable = withPlainArguments(modules);
  limitArrayMethods();
  installBuiltins();
}
