import type { QuirkId, Semantics } from 'local-appsync/appsync-js';
import { type Answer, isAnswer } from './answer';
import type { Evaluated } from './compare';
import type { Question, Row } from './question';

/** What AppSync did: as JavaScript would, as is reported, or neither. */
export type Verdict = 'javascript' | 'reported' | 'neither';

export interface Answered {
  question: Question;
  evaluated: Evaluated;
}

export function verdictOn({ question, evaluated }: Answered): Verdict {
  if (isAnswer(question.javascript, evaluated)) {
    return 'javascript';
  }
  return isOneOf(question.reported ?? [], evaluated) ? 'reported' : 'neither';
}

/** One answer as reported is enough for the row: the others may be those that nobody doubts. */
export function verdictOnRow(answers: readonly Answered[]): Verdict {
  const verdicts = answers.map(verdictOn);
  return (['neither', 'reported'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'javascript';
}

/**
 * What to change in our code and in the local runtime now that AppSync has answered; empty if both do the right thing.
 * @param semantics what the local runtime does unless it is told otherwise
 */
export function changesFor(row: Row, answers: readonly Answered[], semantics: Semantics): string[] {
  const verdict = verdictOnRow(answers);
  const code = verdict === 'neither' ? 'see that our code is right with this answer, too' : row.change?.[verdict];
  const isEmulated = answers.every(({ question, evaluated }) => isOneOf(here(row, question, semantics), evaluated));
  return [...(code ? [code] : []), ...(isEmulated ? [] : [emulationChange(row, verdict, semantics)])];
}

/** What the local runtime comes to. */
function here({ emulated }: Row, question: Question, semantics: Semantics): Answer[] {
  const asReported = emulated && semantics.applies(emulated) ? question.reported : undefined;
  return asReported ?? [question.here ?? question.javascript];
}

function emulationChange({ emulated }: Row, verdict: Verdict, semantics: Semantics): string {
  if (!emulated) {
    return 'the local runtime does otherwise: change packages/local-appsync/src/appsync-js/realm/, and say so in packages/local-appsync/README.md';
  }
  const isApplied = semantics.applies(emulated);
  if (verdict === 'javascript' && isApplied) {
    return `take ${emulated} out of the defaults in packages/local-appsync/src/appsync-js/quirks/semantics.ts and packages/local-appsync/README.md`;
  }
  if (verdict === 'reported' && !isApplied) {
    return `put ${emulated} into the defaults in packages/local-appsync/src/appsync-js/quirks/semantics.ts and packages/local-appsync/README.md`;
  }
  return `make ${placeOf(emulated)} do what AppSync did, and say so in packages/local-appsync/README.md`;
}

/** Where a quirk is emulated. */
function placeOf(id: QuirkId): string {
  return id === 'D1' || id === 'D2'
    ? 'packages/local-appsync/src/appsync-js/type-check/'
    : `packages/local-appsync/src/appsync-js/quirks/${id}.ts`;
}

function isOneOf(expected: readonly Answer[], evaluated: Evaluated): boolean {
  return expected.some((answer) => isAnswer(answer, evaluated));
}
