/** The reported differences that can be switched on and off here; README.md lists all that are known. */
export type QuirkId =
  | ('A1' | 'A2' | 'A3' | 'A4' | 'A5' | 'A7' | 'A8' | 'A9' | 'A10' | 'A11' | 'A12')
  | ('N1' | 'N2')
  | ('L1' | 'L2' | 'L6' | 'L7' | 'L8')
  | ('D1' | 'D2' | 'D4' | 'D5')
  | ('T1' | 'T2' | 'T5' | 'T6')
  | ('P1' | 'P3' | 'P5' | 'P7')
  | ('B2' | 'B6');

/** Reported by several people, or shown by AppSync's own output. */
const APPSYNC: readonly QuirkId[] = ['A1', 'A2', 'A3', 'D1', 'D2', 'L1', 'L2', 'P7', 'T1'];

const NAMES = ['appsync', 'strictest', 'ecmascript'] as const;
export type SemanticsName = (typeof NAMES)[number];

/** How resolver code is read: as AppSync is reported to, as strictly as anybody reports, or as plain JavaScript. */
export interface Semantics {
  readonly name: SemanticsName;
  applies(id: QuirkId): boolean;
}

const ALL: Record<SemanticsName, Semantics> = {
  appsync: { name: 'appsync', applies: (id) => APPSYNC.includes(id) },
  strictest: { name: 'strictest', applies: () => true },
  ecmascript: { name: 'ecmascript', applies: () => false },
};

export const SEMANTICS_NAMES: readonly string[] = NAMES;

function isName(text: string): text is SemanticsName {
  return SEMANTICS_NAMES.includes(text);
}

/** Undefined if there is none of that name. */
export function semanticsOf(name: SemanticsName): Semantics;
export function semanticsOf(name: string): Semantics | undefined;
export function semanticsOf(name: string): Semantics | undefined {
  return isName(name) ? ALL[name] : undefined;
}

export const APPSYNC_SEMANTICS = ALL.appsync;
