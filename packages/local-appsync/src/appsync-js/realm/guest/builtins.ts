import { extensions } from './extensions';
import { host } from './host';
import { applies } from './quirks/applied';
import { plain, withPlainArguments } from './quirks/N1';
import { javaTrim } from './quirks/T5';
import { replaceAllMatches, replaceFirstMatch } from './regex/replace';
import { runtime } from './runtime';
import { util } from './util';

/** The globals AppSync documents; the rest of the language's are taken away. */
const ALLOWED = ['Object', 'String', 'Number', 'Math', 'JSON', 'NaN', 'Infinity', 'undefined'];

function printed(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}

function logger(level: 'log' | 'error') {
  return (...values: unknown[]): void => host().log(level, values.map(printed).join(' '));
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: false, enumerable: false, configurable: false });
}

const parse = JSON.parse.bind(JSON);

/** JSON.parse for resolver code: text that is no JSON gives "" (documented by AppSync). */
function lenientParse(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return '';
    }
    throw error;
  }
}

/** Turns a bare realm into AppSync's. Call it last: the guest has its own references by then. */
export function installBuiltins(): void {
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    // Not `delete`, which throws on what V8 pins: `gc`, under --expose-gc.
    if (!ALLOWED.includes(name)) {
      Reflect.deleteProperty(globalThis, name);
    }
  }
  define(globalThis, 'util', withPlainArguments(util));
  define(globalThis, 'extensions', withPlainArguments(extensions));
  define(globalThis, 'runtime', withPlainArguments(runtime));
  define(globalThis, 'console', Object.freeze({ log: logger('log'), error: logger('error') }));
  define(JSON, 'parse', lenientParse);
  define(String.prototype, 'replace', replaceFirstMatch);
  define(String.prototype, 'replaceAll', replaceAllMatches);
  if (applies('T5')) {
    define(String.prototype, 'trim', javaTrim);
  }
  if (applies('N1')) {
    const { isFinite, isNaN } = Number;
    define(Number, 'isFinite', (value: unknown) => isFinite(plain(value)));
    define(Number, 'isNaN', (value: unknown) => isNaN(plain(value)));
  }
}
