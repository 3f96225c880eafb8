import { randomBytes, randomUUID } from 'node:crypto';
import { createContext, Script, type Context } from 'node:vm';
import { appliedQuirks } from '../quirks';
import { APPSYNC_SEMANTICS, type Semantics } from '../quirks/semantics';
import { factorySource, parseModule } from './factory';
import type { evaluate, Factory, GuestEvaluation, install } from './guest/entry';
import type { DateFormats, Host } from './guest/host';
import { dateFormatsScript, guestScript } from './guest-scripts';
import type { Fault } from './guest/outcome';
import type { Effect } from './guest/evaluation-state';
import { Rewriting } from './rewriting';
import type { Evaluation, HandlerContext, HandlerName, Outcome, QuirkEffect } from './types';

export interface RealmOptions {
  /** Receives console.log and console.error of resolver code. */
  log?: (level: 'log' | 'error', line: string) => void;
  /** Epoch milliseconds; tests hold it still. */
  now?: () => number;
  /** How code is read; default: as AppSync is reported to. */
  semantics?: Semantics;
  /** Hears of code that depends on a reported difference from JavaScript, once for each place. */
  warn?: (line: string) => void;
}

/** Code that is ready to run. */
export interface Compiled {
  factory: Factory;
  rewriting: Rewriting;
}

interface Guest {
  install: typeof install;
  evaluate: typeof evaluate;
}

/** The name AppSync gives all resolver code in its error messages. */
const CODE_FILE = 'code.js';

function runIn(context: Context, source: string, filename: string, lineOffset = 0): unknown {
  return new Script(source, { filename, lineOffset }).runInContext(context);
}

function hostOf(context: Context, { log = () => {}, now = () => Date.now() }: RealmOptions): Host {
  return {
    now,
    log,
    randomUUID,
    randomHex: (bytes) => randomBytes(bytes).toString('hex'),
    base64Encode: (text) => Buffer.from(text, 'utf8').toString('base64'),
    base64Decode: (base64) => Buffer.from(base64, 'base64').toString('utf8'),
    loadDateFormats: () => {
      const load = runIn(context, dateFormatsScript(), 'dateFormats.js') as (globals: object) => {
        dateFormats: DateFormats;
      };
      return (globals) => load(globals).dateFormats;
    },
  };
}

function codeError({ place, text }: Fault, rewriting: Rewriting): Outcome {
  const { line, column } = rewriting.placeOf(place);
  return {
    kind: 'error',
    error: { message: `${CODE_FILE}:${line}:${column}: ${text}`, errorType: 'Code', data: null, errorInfo: null },
  };
}

function placed(effects: Effect[], rewriting: Rewriting): QuirkEffect[] {
  return effects.map(([id, place]) => ({ id, ...rewriting.placeOf(place) }));
}

/**
 * One V8 context with AppSync's globals and helpers in it, which runs any module it is given.
 * Only JSON text crosses its border. It is faithful, not safe: it bounds neither time nor
 * memory, and hostile code is not its concern.
 */
export class GuestRealm {
  private readonly context: Context;
  private readonly guest: Guest;

  constructor(options: RealmOptions = {}) {
    this.context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
    const start = runIn(this.context, guestScript(), 'guest.js') as (globals: unknown) => Guest;
    this.guest = start(runIn(this.context, 'globalThis', 'globals.js'));
    const { semantics = APPSYNC_SEMANTICS } = options;
    this.guest.install(hostOf(this.context, options), appliedQuirks(semantics));
  }

  compile(code: string, rewriting = new Rewriting(code), program = parseModule(code)): Compiled {
    const source = factorySource(code, program, rewriting);
    return { factory: runIn(this.context, source, CODE_FILE, -1) as Factory, rewriting };
  }

  evaluate({ factory, rewriting }: Compiled, handler: HandlerName, ctx: HandlerContext): Evaluation {
    const text = this.guest.evaluate(factory, handler, JSON.stringify(ctx));
    const { outcome, stash, appendedErrors, effects, quirks, dependsOn } = JSON.parse(text) as GuestEvaluation;
    // Most handlers come here: their members are copied by name, which is faster than by spreading.
    const evaluation: Evaluation = {
      outcome: outcome.kind === 'fault' ? codeError(outcome, rewriting) : outcome,
      stash,
      appendedErrors,
      effects,
      characters: text.length,
    };
    if (quirks) {
      evaluation.quirks = placed(quirks, rewriting);
    }
    if (dependsOn) {
      evaluation.dependsOn = placed(dependsOn, rewriting);
    }
    return evaluation;
  }
}
