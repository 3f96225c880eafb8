import { semanticsOf, type QuirkId, type SemanticsName } from '../../../src/appsync-js/quirks/semantics';
import { Realm, type Evaluation, type HandlerContext } from '../../../src/appsync-js/realm/realm';
import { contextWith, moduleWith } from '../realm/support';

export { contextWith, moduleWith } from '../realm/support';

export const MODES = ['ecmascript', 'appsync', 'strictest'] as const satisfies readonly SemanticsName[];

export function semantics(name: SemanticsName) {
  return semanticsOf(name);
}

/** A module to run: its whole code, or a request handler's body, which begins in line 4. */
export type Handler = ({ body: string; /** Declarations from line 7 on. */ beside?: string } | { code: string }) & {
  ctx?: Partial<HandlerContext>;
};

function codeOf(handler: Handler): string {
  return 'code' in handler ? handler.code : `${moduleWith(handler.body)}\n${handler.beside ?? ''}`;
}

export interface Ran extends Evaluation {
  /** What was said of the code when it was loaded, then when it ran. */
  warned: string[];
}

/** Runs a request handler. */
export function run(mode: SemanticsName, handler: Handler): Ran {
  const warned: string[] = [];
  const realm = new Realm({ semantics: semanticsOf(mode), warn: (line) => warned.push(line), now: () => NOW });
  const code = realm.load('Query.thing', codeOf(handler));
  return { ...code.evaluate('request', contextWith(handler.ctx)), warned };
}

/** A whole second. */
export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A value, or the message of what the handler ended with. */
export function gave({ outcome }: Evaluation): unknown {
  return outcome.kind === 'error' ? outcome.error.message : outcome.value;
}

/** What is said of code when it is loaded, without the name of its resolver. */
export function warningsOf(handler: Handler, mode: SemanticsName = 'appsync'): string[] {
  return run(mode, handler).warned.map((line) => line.replace('Query.thing ', ''));
}

/** The places that are named at the load, each with its quirk: "A1 4:8". */
export function places(handler: Handler): string[] {
  return warningsOf(handler).map((line) => {
    const [, place, id] = /^code\.js:(\d+:\d+): .* \(([A-Z]\d+): .*\)$/.exec(line) ?? [line];
    return `${id} ${place}`;
  });
}

/** Where a quirk acted, as "4:8". */
export function actedAt({ quirks = [] }: Evaluation, id: QuirkId): string[] {
  return quirks.filter((effect) => effect.id === id).map(({ line, column }) => `${line}:${column}`);
}
