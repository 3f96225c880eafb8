import { readdirSync } from 'node:fs';
import { bundleResolver } from '../../infra/resolver-code';
import { AppSyncJs } from 'local-appsync/appsync-js';
import { evaluateCode, MAX_CODE, MAX_CONTEXT } from '../../tools/evaluate/appsync';
import { type Case, CASES } from '../../tools/evaluate/cases';
import { type Evaluated, type Result, same } from '../../tools/evaluate/compare';
import { localEvaluator } from '../../tools/evaluate/here';
import { compareCases } from '../../tools/evaluate/run';
import { contextOf, type EvaluateCodeServer, evaluateCodeServer } from './support/evaluate-code';

const code = new Map([...new Set(CASES.map(({ bundle }) => bundle))].map((name) => [name, bundleResolver(name)]));
const evaluate = localEvaluator(new AppSyncJs());

function here({ bundle, handler, context }: Case) {
  return evaluate(code.get(bundle)!, handler, context);
}

describe('the cases', () => {
  const files = (folder: string) => readdirSync(`resolvers/${folder}`).filter((file) => file.endsWith('.ts'));
  const bundles = [...files('.'), ...files('steps').map((file) => `steps/${file}`)].map((file) => file.slice(0, -3));

  test.each(bundles.flatMap((bundle) => [`${bundle} request`, `${bundle} response`]))('have one for %s', (handler) => {
    expect(CASES.map((each) => `${each.bundle} ${each.handler}`)).toContain(handler);
  });

  test.each(CASES.map((each) => [`${each.bundle} ${each.handler}, ${each.situation}`, each] as const))(
    'come to what the code meant, not to a fault: %s',
    (_, each) => {
      // AppSync writes the place into the message of a fault.
      expect(here(each)).not.toMatchObject({ error: { message: expect.stringMatching(/^code\.js:/) as string } });
      expect(here(each)).not.toHaveProperty('refused');
    },
  );

  test.each(['appsync', 'strictest'] as const)('come to the same as in JavaScript: %s', (name) => {
    const [one, other] = [name, 'ecmascript' as const].map((each) =>
      localEvaluator(new AppSyncJs({ semantics: each })),
    );
    const differ = CASES.filter(({ bundle, handler, context }) => {
      const given = [code.get(bundle)!, handler, context] as const;
      return !same(one!(...given), other!(...given));
    });
    expect(differ.map(({ bundle, handler, situation }) => `${bundle} ${handler}, ${situation}`)).toEqual([]);
  });

  test('are no longer than EvaluateCode takes, were its characters bytes', () => {
    const tooLong = CASES.filter(
      ({ bundle, context }) =>
        Buffer.byteLength(code.get(bundle)!) > MAX_CODE || Buffer.byteLength(JSON.stringify(context)) > MAX_CONTEXT,
    );
    expect(tooLong.map(({ bundle, situation }) => `${bundle}, ${situation}`)).toEqual([]);
  });
});

describe('two evaluations', () => {
  const result = (value: unknown): Result => ({ value, error: undefined, stash: {} });
  const now = Date.parse('2026-05-05T12:00:00.000Z');

  test('are the same but for the ids and times that each made', () => {
    const one = { id: '11111111-1111-4111-8111-111111111111', at: '2026-05-05T12:00:01.000Z' };
    const other = { id: '22222222-2222-4222-8222-222222222222', at: '2026-05-05T11:59:59.000Z' };
    expect(same(result(one), result(other), now)).toBe(true);
  });

  test.each<[Evaluated, Evaluated]>([
    [result({ a: 1 }), result({ a: 2 })],
    [result({ a: 1 }), result({ a: 1, b: null })],
    [result('2026-01-01T00:00:00.000Z'), result('2026-01-02T00:00:00.000Z')],
    [result(null), { ...result(undefined), error: { message: 'no' } }],
    [result(1), { ...result(1), stash: { a: 1 } }],
    [result(null), { refused: ['no'] }],
  ])('differ: %j and %j', (a, b) => expect(same(a, b, now)).toBe(false));
});

describe('EvaluateCode', () => {
  let service: EvaluateCodeServer;

  beforeAll(async () => {
    service = await evaluateCodeServer();
  });
  beforeEach(() => {
    service.seen.length = 0;
    service.answer = (asked) => evaluate(asked.code, asked.function, contextOf(asked));
  });
  afterAll(() => service.close());

  const there = ({ bundle, handler, context }: Case) =>
    evaluateCode(code.get(bundle)!, handler, context, service.client);

  test('is asked with a signature for AppSync', async () => {
    await there(CASES[0]!);
    expect(service.seen[0]?.url).toBe('/v1/dataplane-evaluatecode');
    expect(service.seen[0]?.headers.authorization).toMatch(/Credential=A\/\d{8}\/eu-west-1\/appsync\/aws4_request/);
  });

  test('of every case is read as the realm says it', async () => {
    for (const each of CASES) {
      expect([each.bundle, each.situation, same(await there(each), here(each))]).toContain(true);
    }
  });

  test('that the service does not allow is not an evaluation', async () => {
    service.answer = () => ({ status: 403, body: { message: 'not you' } });
    await expect(there(CASES[0]!)).rejects.toMatchObject({ message: 'not you', $metadata: { httpStatusCode: 403 } });
  });

  test('refuses code with the errors in it', async () => {
    service.answer = () => ({ refused: ['TS2322: no', 'TS2551: nor this'] });
    expect(await there(CASES[0]!)).toEqual({
      refused: ['3:5 PARSER_ERROR: TS2322: no', '3:5 PARSER_ERROR: TS2551: nor this'],
    });
  });

  test.each([
    [
      { message: 'no', reason: 'CODE_ERROR', detail: { codeErrors: [{ errorType: 'LINT_ERROR', value: 'no-regex' }] } },
      'LINT_ERROR: no-regex',
    ],
    [{ message: 'no such function' }, 'no such function'],
  ])('refuses code by a bad request, too: %j', async (body, refused) => {
    service.answer = () => ({ status: 400, headers: { 'x-amzn-errortype': 'BadRequestException' }, body });
    expect(await there(CASES[0]!)).toEqual({ refused: [refused] });
  });

  test('may give text that is no JSON', async () => {
    service.answer = () => ({ status: 200, body: { evaluationResult: 'went on' } });
    expect(await there(CASES[0]!)).toEqual({ value: 'went on', error: undefined, stash: {} });
  });

  test('that comes to something else is shown with both sides, code that is refused too', async () => {
    const [one, other, another] = CASES;
    service.answer = (asked) => {
      const evaluated = evaluate(asked.code, asked.function, contextOf(asked));
      const is = ({ context }: Case) => asked.context === JSON.stringify(context);
      return is(one!) ? { ...evaluated, stash: { other: 1 } } : is(other!) ? { refused: ['TS1'] } : evaluated;
    };
    const printed: string[] = [];
    expect(await compareCases([one!, other!, another!], service.client, (text) => printed.push(text))).toBe(false);
    expect(printed.join('\n')).toContain(`${one!.bundle} ${one!.handler}, ${one!.situation}:\n  AppSync  {"value"`);
    expect(printed.join('\n')).toContain('  AppSync  {"refused":["3:5 PARSER_ERROR: TS1"]}');
    expect(printed.at(-1)).toBe('1 of 3 cases come to the same on AppSync and here.\n');
  });
});
