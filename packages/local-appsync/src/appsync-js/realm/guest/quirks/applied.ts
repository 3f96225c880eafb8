import type { QuirkId } from '../../../quirks/semantics';

let applied: ReadonlySet<QuirkId> = new Set();

/** Called once, before anything else runs in the realm. */
export const setApplied = (ids: readonly QuirkId[]): void => {
  applied = new Set(ids);
};

export const applies = (id: QuirkId): boolean => applied.has(id);
