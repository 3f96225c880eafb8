import { noticeOf, rewrite, rulesOf, warnings } from '../quirks/emulation';
import { APPSYNC_SEMANTICS, type Semantics } from '../quirks/semantics';
import { handlerBindings } from './factory';
import { GuestRealm, type RealmOptions } from './guestRealm';
import type { Evaluation, HandlerContext, HandlerName } from './types';
import { InvalidCode, readCode, validate, validateCode } from './validate';

export type { RealmOptions } from './guestRealm';
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
  readonly #guest: GuestRealm;
  readonly #semantics: Semantics;
  readonly #warn: (line: string) => void;

  constructor(options: RealmOptions = {}) {
    const { semantics = APPSYNC_SEMANTICS, warn = () => {} } = options;
    this.#guest = new GuestRealm(options);
    this.#semantics = semantics;
    this.#warn = warn;
  }

  /**
   * @param name of the resolver or function, for messages
   * @throws InvalidCode when AppSync would refuse the code
   */
  load(name: string, code: string): ResolverCode {
    const source = readCode(code);
    if (!('program' in source)) throw new InvalidCode(name, validateCode(code));
    const problems = validate(source, rulesOf(this.#semantics));
    if (problems.length > 0) throw new InvalidCode(name, problems);
    for (const line of warnings(source, this.#semantics)) this.#warn(`${name} ${line}`);

    const handlers = handlerBindings(source.program);
    const compiled = this.#guest.compile(code, rewrite(source, this.#semantics));
    const notices = new Set<string>();
    return {
      has: (handler) => handlers[handler] !== undefined,
      evaluate: (handler, ctx) => {
        const evaluation = this.#guest.evaluate(compiled, handler, ctx);
        if (evaluation.quirks) this.#notice(name, evaluation.quirks, notices);
        return evaluation;
      },
    };
  }

  /** Says of each place once what only a run shows. */
  #notice(name: string, quirks: NonNullable<Evaluation['quirks']>, said: Set<string>): void {
    for (const notice of quirks.flatMap((quirk) => noticeOf(quirk) ?? [])) {
      if (!said.has(notice)) this.#warn(`${name} ${notice}`);
      said.add(notice);
    }
  }
}
