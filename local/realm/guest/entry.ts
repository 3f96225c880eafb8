import type { HandlerContext, HandlerName, Outcome } from '../types';
import { installBuiltins } from './builtins';
import { openContext } from './context';
import { newState, setState, state } from './evaluationState';
import { setHost, type Host } from './host';
import { modules } from './modules';
import { outcomeOfThrown } from './outcome';

type Handler = (ctx: unknown) => unknown;
/** Resolver code as a function: each call is a fresh module, so its state cannot outlive a handler. */
export type Factory = (modules: object) => Partial<Record<HandlerName, Handler>>;

// Own references: resolver code sees other versions of these.
const { parse, stringify } = JSON;

const run = (factory: Factory, handler: HandlerName, ctx: unknown): Outcome => {
  try {
    const handle = factory(modules)[handler];
    if (!handle) throw new TypeError(`${handler} is not exported`);
    return { kind: 'value', value: handle(ctx) ?? null };
  } catch (thrown) {
    return outcomeOfThrown(thrown);
  }
};

const report = (outcome: Outcome, stash: unknown): string =>
  stringify({ outcome, stash, appendedErrors: state().appendedErrors, effects: state().effects });

/**
 * Runs one handler.
 * @param contextText a HandlerContext as JSON
 * @returns an Evaluation as JSON
 */
export const evaluate = (factory: Factory, handler: HandlerName, contextText: string): string => {
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
};

/** Called once, right after this bundle ran in its new realm. */
export const install = (host: Host): void => {
  setHost(host);
  installBuiltins();
};
