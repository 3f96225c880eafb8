import type { QuirkId } from '../../../quirks/semantics';

let applied: ReadonlySet<QuirkId> = new Set();

/** Called once, before anything else runs in the realm. */
export function setApplied(ids: readonly QuirkId[]): void {
  applied = new Set(ids);
}

export function applies(id: QuirkId): boolean {
  return applied.has(id);
}
