import { AppSyncJs, type QuirkId, semanticsOf } from 'local-appsync/appsync-js';
import type { Evaluated } from '../../tools/evaluate/compare';
import { localEvaluator } from '../../tools/evaluate/here';
import { ROWS } from '../../tools/evaluate/questions';
import { askRows } from '../../tools/evaluate/run';
import { type Asked, contextOf, type EvaluateCodeServer, evaluateCodeServer } from './support/evaluate-code';

let service: EvaluateCodeServer;

beforeAll(async () => {
  service = await evaluateCodeServer();
});
afterAll(() => service.close());

function runBy(js: AppSyncJs) {
  const evaluate = localEvaluator(js);
  return (asked: Asked) => evaluate(asked.code, asked.function, contextOf(asked));
}

const javascript = runBy(new AppSyncJs({ semantics: 'ecmascript' }));

function withQuirk(id: QuirkId) {
  return runBy(new AppSyncJs({ semantics: { name: 'strictest', applies: (other) => other === id } }));
}

function value(given: unknown): Evaluated {
  return { value: given, error: undefined, stash: {} };
}

/** What is printed of these rows, and whether nothing is to change, where AppSync answers like this. */
async function report(ids: string[], answer: EvaluateCodeServer['answer']) {
  service.answer = answer;
  const printed: string[] = [];
  const rows = ROWS.filter(({ id }) => ids.includes(id));
  const isRight = await askRows(rows, service.client, semanticsOf('appsync'), (text) => printed.push(text));
  return { isRight, text: printed.join('\n') };
}

describe('the report', () => {
  test('shows of a row what was asked, what JavaScript says, what is reported, and what AppSync did', async () => {
    const { text } = await report(['T1'], withQuirk('T1'));
    expect(text).toBe(
      [
        'T1  a time on a whole second is written without .000',
        '  asked       a whole second, and one that was read from text',
        '    JavaScript  ["2018-02-06T19:01:35.000Z","2026-01-01T00:00:00.000Z"]',
        '    reported    ["2018-02-06T19:01:35Z","2026-01-01T00:00:00Z"]',
        '    AppSync     ["2018-02-06T19:01:35Z","2026-01-01T00:00:00Z"] (as reported)',
        '  asked       milliseconds that end in zeros',
        '    JavaScript  ["2018-02-06T19:01:35.749Z","2018-02-06T19:01:35.100Z"]',
        '    AppSync     ["2018-02-06T19:01:35.749Z","2018-02-06T19:01:35.100Z"] (as JavaScript)',
        '  verdict     as reported',
        '  our code    domain/time.ts, withMilliseconds: puts it in. Right either way',
        '  to change   nothing',
        '',
        'No report asks for a change.',
        'Write the verdicts into packages/local-appsync/README.md.\n',
      ].join('\n'),
    );
  });

  test('takes a quirk out of the defaults that AppSync does not have', async () => {
    const { isRight, text } = await report(['A1'], javascript);
    expect(isRight).toBe(false);
    expect(text).toContain('  verdict     as JavaScript\n');
    expect(text).toContain(
      '  to change   take A1 out of the defaults in packages/local-appsync/src/appsync-js/quirks/semantics.ts',
    );
    expect(text).toContain('1 of 1 reports ask for a change: A1.');
  });

  test('puts a quirk into the defaults that AppSync has', async () => {
    const { isRight, text } = await report(['T2', 'T5'], withQuirk('T2'));
    expect(isRight).toBe(false);
    expect(text).toContain(
      '  to change   put T2 into the defaults in packages/local-appsync/src/appsync-js/quirks/semantics.ts',
    );
    expect(text).toContain('1 of 2 reports ask for a change: T2.');
  });

  test('says what to change in our code', async () => {
    const { isRight, text } = await report(['P5, null'], () => value('went on'));
    expect(isRight).toBe(false);
    expect(text).toContain(
      '  to change   write util.error(message, type, {}, info ?? {}) in resolvers/shared/raise.ts',
    );
    expect(text).toContain(
      '  to change   the local runtime does otherwise: change packages/local-appsync/src/appsync-js/realm/',
    );
  });

  test('says so when AppSync does something else', async () => {
    const { isRight, text } = await report(['A11'], () => value({ last: 2 }));
    expect(isRight).toBe(false);
    expect(text).toContain('    AppSync     {"last":2} (something else)\n  verdict     something else\n');
    expect(text).toContain('  to change   see that our code is right with this answer, too');
    expect(text).toContain(
      '  to change   make packages/local-appsync/src/appsync-js/quirks/A11.ts do what AppSync did',
    );
  });

  test('shows code that AppSync refuses, with its reasons', async () => {
    const { text } = await report(['D4'], () => ({ refused: ['too large', 'too old'] }));
    expect(text).toContain('    reported    refuses the code, or an error\n');
    expect(text).toContain(
      '    AppSync     refuses the code: 3:5 PARSER_ERROR: too large; 3:5 PARSER_ERROR: too old (as reported)\n',
    );
    expect(text).toContain('  to change   put D4 into the defaults');
  });

  test('shows an error that the handler ended with', async () => {
    const error = { message: 'code.js:4:9: TypeError: no' };
    const { text } = await report(['A9'], () => ({ value: undefined, error, stash: {} }));
    expect(text).toContain('    AppSync     an error: code.js:4:9: TypeError: no (as reported)\n');
  });

  test('finds nothing to change where AppSync does what the local runtime does', async () => {
    const appsync = runBy(new AppSyncJs({ semantics: 'appsync' }));
    const checked = ROWS.filter(({ id }) => id === 'D1').flatMap(({ questions }) => questions.map(({ code }) => code));
    const { isRight, text } = await report(
      ROWS.map(({ id }) => id),
      (asked) => (checked.includes(asked.code) ? { refused: ['TS2322'] } : appsync(asked)),
    );
    expect(text.match(/to change {3}(?!nothing).*/g)).toBeNull();
    expect(isRight).toBe(true);
  });
});
