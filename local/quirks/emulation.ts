import { QUIRKS } from '.';
import { Rewriting } from '../realm/rewriting';
import type { QuirkEffect } from '../realm/types';
import { problemAt, type Rule, type Source } from '../realm/validate/source';
import type { Semantics } from './semantics';

/** Rules that semantics add to those that AppSync documents. */
export const rulesOf = (semantics: Semantics): Rule[] =>
  QUIRKS.flatMap(({ id, refuse }) => (refuse && semantics.applies(id) ? [refuse] : []));

/** The edits that make the quirks of these semantics act. */
export const rewrite = (source: Source, semantics: Semantics): Rewriting => {
  const rewriting = new Rewriting(source.code);
  for (const quirk of QUIRKS) if (semantics.applies(quirk.id)) quirk.rewrite?.(source, rewriting);
  return rewriting;
};

/** A line for each place whose result depends on a quirk, whether it is applied or not, in order of place. */
export const warnings = (source: Source, { name }: Semantics): string[] =>
  name === 'ecmascript'
    ? []
    : QUIRKS.flatMap(({ id, source: reported, find }) =>
        (find?.(source) ?? []).map(({ node, what, instead }) =>
          problemAt(node, `${what}; ${instead} (${id}: ${reported})`),
        ),
      )
        .sort((a, b) => a.line - b.line || a.column - b.column)
        .map(({ line, column, message }) => `code.js:${line}:${column}: ${message}`);

/** What to say of a quirk that took effect, where only a run shows who depends on it. */
export const noticeOf = ({ id, line, column }: QuirkEffect): string | undefined => {
  const quirk = QUIRKS.find((each) => each.id === id);
  return quirk?.atRunTime === undefined
    ? undefined
    : `code.js:${line}:${column}: ${quirk.title}; ${quirk.atRunTime} (${id}: ${quirk.source})`;
};
