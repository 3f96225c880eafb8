import { QUIRKS } from '.';
import { Rewriting } from '../realm/rewriting';
import type { QuirkEffect } from '../realm/types';
import { problemAt, type Rule, type Source } from '../realm/validate/source';
import type { Semantics } from './semantics';

/** Rules that semantics add to those that AppSync documents. */
export function rulesOf(semantics: Semantics): Rule[] {
  return QUIRKS.flatMap(({ id, refuse }) => (refuse && semantics.applies(id) ? [refuse] : []));
}

/** The edits that make the quirks of these semantics act, and tell who depends on the others. */
export function rewrite(source: Source, semantics: Semantics): Rewriting {
  const rewriting = new Rewriting(source.code);
  for (const { id, rewrite, watch } of QUIRKS) {
    if (semantics.applies(id)) {
      rewrite?.(source, rewriting);
    } else if (semantics.name !== 'ecmascript') {
      watch?.(source, rewriting);
    }
  }
  return rewriting;
}

/** Something to say of a place in the code. */
export interface Notice extends QuirkEffect {
  text: string;
}

/** One for each place whose result depends on a quirk, whether it is applied or not, in order of place. */
export function noticesAtLoad(source: Source, { name }: Semantics): Notice[] {
  return name === 'ecmascript'
    ? []
    : QUIRKS.flatMap(({ id, source: reported, find }) =>
        (find?.(source) ?? []).map(({ node, what, instead }) => {
          const { line, column } = problemAt(node, what);
          return { id, line, column, text: `${what}; ${instead} (${id}: ${reported})` };
        }),
      ).sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Of a quirk that took effect, or would, where only a run shows who depends on it. */
export function noticeInRun({ id, line, column }: QuirkEffect): Notice | undefined {
  const quirk = QUIRKS.find((each) => each.id === id);
  return quirk?.atRunTime === undefined
    ? undefined
    : { id, line, column, text: `${quirk.title}; ${quirk.atRunTime} (${id}: ${quirk.source})` };
}
