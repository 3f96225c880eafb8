import { A1 } from './A1';
import { A10 } from './A10';
import { A11 } from './A11';
import { A12 } from './A12';
import { A2 } from './A2';
import { A3 } from './A3';
import { A4 } from './A4';
import { A5 } from './A5';
import { A7 } from './A7';
import { A8 } from './A8';
import { A9 } from './A9';
import { B2 } from './B2';
import { B6 } from './B6';
import { D4 } from './D4';
import { D5 } from './D5';
import { L1 } from './L1';
import { L2 } from './L2';
import { L6 } from './L6';
import { L7 } from './L7';
import { L8 } from './L8';
import { N1 } from './N1';
import { N2 } from './N2';
import { P1 } from './P1';
import { P3 } from './P3';
import { P5 } from './P5';
import { P7 } from './P7';
import type { Quirk } from './quirk';
import type { QuirkId, Semantics } from './semantics';
import { T1 } from './T1';
import { T2 } from './T2';
import { T5 } from './T5';
import { T6 } from './T6';

/**
 * The quirks that are emulated, but for those of deployment, D1 and D2: they are local/type-check's. Of two that edit one
 * place, the first puts its edit around that of the other.
 */
export const QUIRKS: readonly Quirk[] = [
  ...[A1, A2, A3, A4, A5, A7, A8, A9, A10, A11, A12],
  ...[L1, L2, L6, L7, L8],
  ...[N1, N2],
  ...[D4, D5],
  ...[T1, T2, T5, T6],
  ...[P1, P3, P5, P7],
  ...[B2, B6],
];

export function appliedQuirks(semantics: Semantics): QuirkId[] {
  return QUIRKS.map(({ id }) => id).filter((id) => semantics.applies(id));
}
