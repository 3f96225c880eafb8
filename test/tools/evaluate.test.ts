import { AppSyncClient } from '@aws-sdk/client-appsync';
import { readdirSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { bundleResolver } from '../../infra/resolver-code';
import { type HandlerContext, type HandlerName, Realm } from '../../local/realm/realm';
import { evaluateCode } from '../../tools/evaluate/appsync';
import { type Case, CASES } from '../../tools/evaluate/cases';
import { type Result, resultOf, same } from '../../tools/evaluate/compare';

const realm = new Realm();
const code = new Map([...new Set(CASES.map(({ bundle }) => bundle))].map((name) => [name, bundleResolver(name)]));
const here = ({ bundle, handler, context }: Case) => realm.load(bundle, code.get(bundle)!).evaluate(handler, context);

describe('the cases', () => {
  const files = (folder: string) => readdirSync(`resolvers/${folder}`).filter((file) => file.endsWith('.ts'));
  const bundles = [...files('.'), ...files('steps').map((file) => `steps/${file}`)].map((file) => file.slice(0, -3));

  test.each(bundles.flatMap((bundle) => [`${bundle} request`, `${bundle} response`]))('have one for %s', (handler) => {
    expect(CASES.map((each) => `${each.bundle} ${each.handler}`)).toContain(handler);
  });

  test.each(CASES.map((each) => [`${each.bundle} ${each.handler}, ${each.situation}`, each] as const))(
    'come to what the code meant, not to a fault: %s',
    (_, each) => {
      const { outcome } = here(each);
      expect(outcome.kind === 'error' ? outcome.error.errorType : outcome.kind).not.toBe('Code');
    },
  );
});

describe('two evaluations', () => {
  const result = (value: unknown): Result => ({ value, error: undefined, stash: {} });
  const now = Date.parse('2026-05-05T12:00:00.000Z');

  test('are the same but for the ids and times that each made', () => {
    const one = { id: '11111111-1111-4111-8111-111111111111', at: '2026-05-05T12:00:01.000Z' };
    const other = { id: '22222222-2222-4222-8222-222222222222', at: '2026-05-05T11:59:59.000Z' };
    expect(same(result(one), result(other), now)).toBe(true);
  });

  test.each<[Result, Result]>([
    [result({ a: 1 }), result({ a: 2 })],
    [result({ a: 1 }), result({ a: 1, b: null })],
    [result('2026-01-01T00:00:00.000Z'), result('2026-01-02T00:00:00.000Z')],
    [result(null), { ...result(undefined), error: { message: 'no' } }],
    [result(1), { ...result(1), stash: { a: 1 } }],
  ])('differ: %j and %j', (a, b) => expect(same(a, b, now)).toBe(false));
});

describe('EvaluateCode', () => {
  let server: Server;
  let client: AppSyncClient;
  let seen: { url: string; headers: IncomingHttpHeaders }[];
  let refuse: boolean;

  /** Answers as the service does, by the realm. */
  beforeAll(async () => {
    server = createServer((request, response) => {
      void (json(request) as Promise<{ code: string; function: HandlerName; context: string }>).then((input) => {
        seen.push({ url: request.url!, headers: request.headers });
        if (refuse) {
          response.writeHead(403).end('{"message":"not you"}');
          return;
        }
        const context = JSON.parse(input.context) as HandlerContext;
        const { value, error, stash } = resultOf(realm.load('', input.code).evaluate(input.function, context));
        const evaluationResult = value === undefined ? undefined : JSON.stringify(value);
        response.end(JSON.stringify({ evaluationResult, error, stash: JSON.stringify(stash) }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new AppSyncClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'A', secretAccessKey: 'S' },
    });
  });
  beforeEach(() => {
    seen = [];
    refuse = false;
  });
  afterAll(() => {
    client.destroy();
    server.close();
    server.closeAllConnections();
  });

  const there = ({ bundle, handler, context }: Case) => evaluateCode(code.get(bundle)!, handler, context, client);

  test('is asked with a signature for AppSync', async () => {
    await there(CASES[0]!);
    expect(seen[0]?.url).toBe('/v1/dataplane-evaluatecode');
    expect(seen[0]?.headers.authorization).toMatch(/Credential=A\/\d{8}\/eu-west-1\/appsync\/aws4_request/);
  });

  test('of every case is read as the realm says it', async () => {
    for (const each of CASES) {
      expect([each.bundle, each.situation, same(await there(each), resultOf(here(each)))]).toContain(true);
    }
  });

  test('that the service refuses is not an evaluation', async () => {
    refuse = true;
    await expect(there(CASES[0]!)).rejects.toMatchObject({ message: 'not you', $metadata: { httpStatusCode: 403 } });
  });
});
