import { randomBytes, randomUUID } from 'node:crypto';
import { createContext, Script, type Context } from 'node:vm';
import { factorySource, parseModule } from './factory';
import type { evaluate, Factory, install } from './guest/entry';
import type { DateFormats, Host } from './guest/host';
import { dateFormatsScript, guestScript } from './guestBundle';
import type { Evaluation, HandlerContext, HandlerName } from './types';

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

const hostOf = (context: Context, { log = () => {}, now = () => Date.now() }: RealmOptions): Host => ({
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
});

/**
 * One V8 context with AppSync's globals and helpers in it, which runs any module it is given.
 * Only JSON text crosses its border. It is faithful, not safe: it bounds neither time nor
 * memory, and hostile code is not its concern.
 */
export class GuestRealm {
  readonly #context: Context;
  readonly #guest: Guest;

  constructor(options: RealmOptions = {}) {
    this.#context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
    const start = runIn(this.#context, guestScript(), 'guest.js') as (globals: unknown) => Guest;
    this.#guest = start(runIn(this.#context, 'globalThis', 'globals.js'));
    this.#guest.install(hostOf(this.#context, options));
  }

  compile(code: string): Factory {
    return runIn(this.#context, factorySource(code, parseModule(code)), CODE_FILE, -1) as Factory;
  }

  evaluate(factory: Factory, handler: HandlerName, ctx: HandlerContext): Evaluation {
    const text = this.#guest.evaluate(factory, handler, JSON.stringify(ctx));
    return { ...(JSON.parse(text) as Omit<Evaluation, 'characters'>), characters: text.length };
  }
}
