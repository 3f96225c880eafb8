import { handlerBindings, parseModule } from './factory';
import { GuestRealm, type RealmOptions } from './guestRealm';
import type { Evaluation, HandlerContext, HandlerName } from './types';
import { InvalidCode, validateCode } from './validate';

export type { RealmOptions } from './guestRealm';
export type { Effects, Evaluation, HandlerContext, HandlerError, HandlerName, Outcome } from './types';
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

  constructor(options: RealmOptions = {}) {
    this.#guest = new GuestRealm(options);
  }

  /**
   * @param name of the resolver or function, for messages
   * @throws InvalidCode when AppSync would refuse the code
   */
  load(name: string, code: string): ResolverCode {
    const problems = validateCode(code);
    if (problems.length > 0) throw new InvalidCode(name, problems);
    const handlers = handlerBindings(parseModule(code));
    const factory = this.#guest.compile(code);
    return {
      has: (handler) => handlers[handler] !== undefined,
      evaluate: (handler, ctx) => this.#guest.evaluate(factory, handler, ctx),
    };
  }
}
