import type { QuirkId } from '../../../quirks/semantics';
import { type Effect, state } from '../evaluation-state';
import { placeInCode } from '../outcome';

function note(effects: Effect[], id: QuirkId, place: number | string): void {
  if (!effects.some(([known, where]) => known === id && where === place)) {
    effects.push([id, place]);
  }
}

/** Notes that a quirk made a difference. */
export function tookEffect(id: QuirkId, place: number | string): true {
  note((state().quirks ??= []), id, place);
  return true;
}

/** Notes that a quirk which is not applied would have made a difference. */
export function dependsOn(id: QuirkId, place: number): void {
  return note((state().dependsOn ??= []), id, place);
}

/** The same in a helper, which is not told the place that it is called at. */
export function tookEffectInHelper(id: QuirkId): true {
  return tookEffect(id, placeInCode(new Error()));
}
