import { existsSync } from 'node:fs';
import { AppSyncJs, findProblems, type QuirkId, type Semantics, type SemanticsName } from 'local-appsync/appsync-js';
import { answerText, isAnswer } from '../../tools/evaluate/answer';
import { MAX_CODE, MAX_CONTEXT } from '../../tools/evaluate/appsync';
import { contextWith } from '../../tools/evaluate/context';
import { localEvaluator } from '../../tools/evaluate/here';
import type { Question } from '../../tools/evaluate/question';
import { ROWS } from '../../tools/evaluate/questions';
import { verdictOn, verdictOnRow } from '../../tools/evaluate/verdict';

const QUESTIONS = ROWS.flatMap((row) => row.questions.map((question) => ({ row, question })));
const named = QUESTIONS.map(({ row, question }) => [`${row.id}: ${question.asks}`, question, row] as const);

function evaluator(semantics: SemanticsName | Semantics) {
  const evaluate = localEvaluator(new AppSyncJs({ semantics }));
  return ({ code, handler = 'request', context = {} }: Question) => evaluate(code, handler, contextWith(context));
}

describe('the questions', () => {
  const inJavaScript = evaluator('ecmascript');

  test.each(named)('are answered by the local runtime as they say that JavaScript does: %s', (_, question) => {
    const answer = inJavaScript(question);
    expect([isAnswer(question.here ?? question.javascript, answer), answer]).toEqual([true, answer]);
  });

  test.each(named)('tell two answers apart: %s', (_, question) => {
    const { javascript, reported = [], here } = question;
    expect(reported.map(answerText)).not.toContain(answerText(javascript));
    expect(here).not.toEqual(javascript);
  });

  test.each(named)('are no longer than EvaluateCode takes: %s', (_, { code, context = {} }) => {
    expect(code.length).toBeLessThanOrEqual(MAX_CODE);
    expect(Buffer.byteLength(JSON.stringify(contextWith(context)))).toBeLessThanOrEqual(MAX_CONTEXT);
  });

  test('break nothing of what AppSync checks at deployment, but for what they name', async () => {
    const problems = await findProblems(QUESTIONS.map(({ question }) => question.code));
    const broken = problems.map((found) => [...new Set(found.map(({ rule }) => rule.replace('@aws-appsync/', '')))]);
    const rules = QUESTIONS.map(({ question }) => question.asks.match(/TS\d+|(?<=\()no-[a-z-]+/g) ?? []);
    expect(broken).toEqual(rules);
  });

  test.each(ROWS.map((row) => [row.id, row] as const))('name code that is there: %s', (_, row) => {
    const texts = [row.code, row.change?.javascript, row.change?.reported].join(' ');
    const paths = texts.match(/\b(?:domain|resolvers|infra|packages|tools|docs)\/[\w./-]*\w/g) ?? [];
    const rules = [...texts.matchAll(/lint rule ([\w-]+)/g)].map(([, rule]) => `tools/eslint/rules/${rule}.mjs`);
    expect([...paths, ...rules].filter((path) => !existsSync(path))).toEqual([]);
  });
});

/** Those that the check at deployment finds, before code is evaluated. */
const AT_DEPLOYMENT: QuirkId[] = ['D1', 'D2'];

/** Quirks that act by the edits of others. */
const TOGETHER: Partial<Record<QuirkId, QuirkId>> = { A8: 'A7', L2: 'L1', L6: 'L1' };

function only(id: QuirkId): Semantics {
  return {
    name: 'strictest',
    applies: (other) => other === id || other === TOGETHER[id],
  };
}

describe('a runtime with one quirk', () => {
  const emulated = ROWS.filter(({ emulated }) => emulated && !AT_DEPLOYMENT.includes(emulated));

  test.each(emulated.map((row) => [row.id, row] as const))('answers as is reported: %s', (_, row) => {
    const evaluate = evaluator(only(row.emulated!));
    const answers = row.questions.map((question) => ({ question, evaluated: evaluate(question) }));
    expect(answers.filter((answered) => verdictOn(answered) === 'neither')).toEqual([]);
    expect(verdictOnRow(answers)).toBe('reported');
  });
});
