import type { Semantics } from 'local-appsync/appsync-js';
import { answerText, evaluatedText } from './answer';
import type { Row } from './question';
import { type Answered, changesFor, type Verdict, verdictOn, verdictOnRow } from './verdict';

const VERDICTS: Record<Verdict, string> = {
  javascript: 'as JavaScript',
  reported: 'as reported',
  neither: 'something else',
};

/** A row of the catalogue with what AppSync answered, as text. */
export function blockOf(row: Row, answers: readonly Answered[], semantics: Semantics): string {
  const changes = changesFor(row, answers, semantics);
  return [
    `${row.id}  ${row.title}`,
    ...answers.flatMap(answerLines),
    `  verdict     ${VERDICTS[verdictOnRow(answers)]}`,
    `  our code    ${row.code}`,
    ...(changes.length === 0 ? ['nothing'] : changes).map((change) => `  to change   ${change}`),
    '',
  ].join('\n');
}

function answerLines(answered: Answered): string[] {
  const { asks, javascript, reported = [] } = answered.question;
  return [
    `  asked       ${asks}`,
    `    JavaScript  ${answerText(javascript)}`,
    ...(reported.length === 0 ? [] : [`    reported    ${reported.map(answerText).join(', or ')}`]),
    `    AppSync     ${evaluatedText(answered.evaluated)} (${VERDICTS[verdictOn(answered)]})`,
  ];
}
