import { randomBytes, randomUUID } from 'node:crypto';
import { createContext, Script, type Context } from 'node:vm';
import { factorySource, handlerBindings, parseModule } from './factory';
import type { evaluate, Factory, install } from './guest/entry';
import type { DateFormats, Host } from './guest/host';
import { dateFormatsScript, guestScript } from './guestBundle';
import type { Evaluation, HandlerContext, HandlerName } from './types';
import { InvalidCode, validateCode } from './validate';

export type { Effects, Evaluation, HandlerContext, HandlerError, HandlerName, Outcome } from './types';
export { InvalidCode, type CodeProblem } from './validate';

/** The handlers of one resolver or function. */
export interface ResolverCode {
  has(handler: HandlerName): boolean;
  /** Runs a handler on a copy of `ctx`; the module starts afresh each time. */
  evaluate(handler: HandlerName, ctx: HandlerContext): Evaluation;
}

export interface RealmOptions {
  /** Receives console.log and console.error of resolver code. */
  log?: (level: 'log' | 'error', line: string) => void;
  /** Epoch milliseconds; tests hold it still. */
  now?: () => number;
}

interface Guest {
  install: typeof install;
  evaluate: typeof evaluate;
}

/** The name AppSync gives all resolver code in its error messages. */
const CODE_FILE = 'code.js';

const runIn = (context: Context, source: string, filename: string, lineOffset = 0): unknown =>
  new Script(source, { filename, lineOffset }).runInContext(context);

const hostOf = (context: Context, { log = () => {}, now = Date.now }: RealmOptions): Host => ({
  now,
  log,
  randomUUID,
  randomHex: (bytes) => randomBytes(bytes).toString('hex'),
  base64Encode: (text) => Buffer.from(text, 'utf8').toString('base64'),
  base64Decode: (base64) => Buffer.from(base64, 'base64').toString('utf8'),
  loadDateFormats: () => {
    const load = runIn(context, dateFormatsScript(), 'dateFormats.js') as (intrinsics: object) => { dateFormats: DateFormats };
    return (intrinsics) => load(intrinsics).dateFormats;
  },
});

/**
 * AppSync's JavaScript runtime (APPSYNC_JS 1.0.0) in one V8 context. The helpers run inside
 * it, and only JSON text crosses its border. It is faithful, not safe: it does not bound time
 * or memory, and hostile code is not its concern.
 */
export class Realm {
  readonly #context: Context;
  readonly #guest: Guest;

  constructor(options: RealmOptions = {}) {
    this.#context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
    const start = runIn(this.#context, guestScript(), 'guest.js') as (globals: unknown) => Guest;
    this.#guest = start(runIn(this.#context, 'globalThis', 'globals.js'));
    this.#guest.install(hostOf(this.#context, options));
  }

  /**
   * @param name of the resolver or function, for messages
   * @throws InvalidCode when AppSync would refuse the code
   */
  load(name: string, code: string): ResolverCode {
    const problems = validateCode(code);
    if (problems.length > 0) throw new InvalidCode(name, problems);
    const program = parseModule(code);
    const handlers = handlerBindings(program);
    const factory = runIn(this.#context, factorySource(code, program), CODE_FILE, -1) as Factory;
    return {
      has: (handler) => handlers[handler] !== undefined,
      evaluate: (handler, ctx) => JSON.parse(this.#guest.evaluate(factory, handler, JSON.stringify(ctx))) as Evaluation,
    };
  }
}
