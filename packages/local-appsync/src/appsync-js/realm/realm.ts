import { type Notice, noticeInRun, noticesAtLoad, rewrite, rulesOf } from '../quirks/emulation';
import { APPSYNC_SEMANTICS, type Semantics } from '../quirks/semantics';
import { handlerBindings } from './factory';
import { GuestRealm, type RealmOptions } from './guest-realm';
import type { Evaluation, HandlerContext, HandlerName } from './types';
import { InvalidCode, readCode, validate, validateCode } from './validate';

export type { RealmOptions } from './guest-realm';
export type { Effects, Evaluation, HandlerContext, HandlerError, HandlerName, Outcome, QuirkEffect } from './types';
export { InvalidCode, type CodeProblem } from './validate';

/** The handlers of one resolver or function. */
export interface ResolverCode {
  has(handler: HandlerName): boolean;
  /**
   * Runs a handler on a copy of `ctx`; the module starts afresh each time. Whatever the code
   * does comes back as the outcome; only a fault of the host's own functions throws.
   */
  evaluate(handler: HandlerName, ctx: HandlerContext): Evaluation;
}

/** AppSync's JavaScript runtime (APPSYNC_JS 1.0.0). One realm serves all resolvers of an API. */
export class Realm {
  private readonly guest: GuestRealm;
  private readonly semantics: Semantics;
  private readonly warn: (line: string) => void;

  constructor(options: RealmOptions = {}) {
    const { semantics = APPSYNC_SEMANTICS, warn = () => {} } = options;
    this.guest = new GuestRealm(options);
    this.semantics = semantics;
    this.warn = warn;
  }

  /**
   * @param name of the resolver or function, for messages
   * @throws InvalidCode when AppSync would refuse the code
   */
  load(name: string, code: string): ResolverCode {
    const source = readCode(code);
    if (!('program' in source)) {
      throw new InvalidCode(name, validateCode(code));
    }
    const problems = validate(source, rulesOf(this.semantics));
    if (problems.length > 0) {
      throw new InvalidCode(name, problems);
    }

    const handlers = handlerBindings(source.program);
    const compiled = this.guest.compile(code, rewrite(source, this.semantics), source.program);
    const tell = this.teller(name);
    noticesAtLoad(source, this.semantics).forEach(tell);
    return {
      has: (handler) => handlers[handler] !== undefined,
      evaluate: (handler, ctx) => {
        const evaluation = this.guest.evaluate(compiled, handler, ctx);
        for (const effects of [evaluation.quirks, evaluation.dependsOn]) {
          effects?.flatMap((effect) => noticeInRun(effect) ?? []).forEach(tell);
        }
        return evaluation;
      },
    };
  }

  /** Says each thing of each place once. */
  private teller(name: string): (notice: Notice) => void {
    const told = new Set<string>();
    return ({ id, line, column, text }) => {
      const place = `code.js:${line}:${column}`;
      if (!told.has(id + place)) {
        this.warn(`${name} ${place}: ${text}`);
      }
      told.add(id + place);
    };
  }
}
