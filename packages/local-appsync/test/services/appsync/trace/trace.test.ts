import type { TraceEvent, TracedRequest, Tracer } from '../../../../src/services/appsync/execution/tracing';
import { JsonTracer } from '../../../../src/services/appsync/trace/json';
import { TextTracer } from '../../../../src/services/appsync/trace/text';
import { testApi } from '../support/api';

const SDL = `
type Thing { id: ID! name: String }
type Query { thing(id: ID!): Thing fails: String early: String many: [Thing!] }
`;

/** An API whose requests are followed; what was written. */
function traced(makeTracer: (write: (text: string) => void) => Tracer) {
  let written = '';
  const { run } = testApi({
    sdl: SDL,
    tracer: makeTracer((text) => (written += text)),
    resolvers: {
      'Query.thing': {
        request: `ctx.stash.seen = true; return {};`,
        response: `return ctx.prev.result;`,
        pipeline: [
          { request: `return { payload: { id: ctx.args.id } };` },
          { request: `return { payload: ctx.prev.result };` },
        ],
      },
      'Query.fails': { response: `util.error('No', 'Refused');` },
      'Query.early': { request: `runtime.earlyReturn('soon');` },
      'Query.many': { request: `return { payload: [{ id: 1 }, { id: 2 }] };` },
      'Thing.name': { request: `return { payload: 'n' + ctx.source.id };` },
    },
  });
  return { run, written: () => written };
}

interface Line {
  logType: string;
  requestId: string;
  [key: string]: unknown;
}

async function jsonOf(query: string, variables: Record<string, unknown> = {}): Promise<Line[]> {
  const { run, written } = traced((write) => new JsonTracer(write));
  await run(query, variables);
  return written()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

describe('as JSON', () => {
  test('a pipeline is told step by step, with what each handler gave and the data source answered', async () => {
    const lines = await jsonOf('query One($id: ID!) { thing(id: $id) { id } }', { id: '7' });
    const place = { path: ['thing'], parentType: 'Query', fieldName: 'thing' };
    expect(lines).toMatchObject([
      {
        logType: 'BeginRequest',
        operation: 'query',
        operationName: 'One',
        authorization: 'API_KEY',
        variables: { id: '7' },
      },
      { logType: 'BeforeRequestFunctionEvaluation', ...place, step: 'Query.thing', stash: { seen: true } },
      { logType: 'RequestFunctionEvaluation', step: 'Query.thing#0', evaluationResult: { payload: { id: '7' } } },
      { logType: 'DataSourceInvocation', step: 'Query.thing#0', dataSource: 'None', result: { id: '7' }, error: null },
      { logType: 'ResponseFunctionEvaluation', step: 'Query.thing#0', evaluationResult: { id: '7' } },
      { logType: 'RequestFunctionEvaluation', step: 'Query.thing#1' },
      { logType: 'DataSourceInvocation', step: 'Query.thing#1' },
      { logType: 'ResponseFunctionEvaluation', step: 'Query.thing#1' },
      { logType: 'AfterResponseFunctionEvaluation', step: 'Query.thing', evaluationResult: { id: '7' } },
      { logType: 'RequestSummary', data: { thing: { id: '7' } }, errors: [], duration: expect.any(Number) },
    ]);
    expect(new Set(lines.map(({ requestId }) => requestId)).size).toBe(1);
  });

  test('an error is told where it was raised, and in the summary', async () => {
    const lines = await jsonOf('{ fails }');
    expect(lines.filter(({ fieldInError }) => fieldInError)).toMatchObject([
      { logType: 'AfterResponseFunctionEvaluation', errors: [{ errorType: 'Refused', message: 'No' }] },
    ]);
    expect(lines.at(-1)).toMatchObject({ data: { fails: null }, errors: [{ errorType: 'Refused' }] });
  });

  test('an early return is told as one, without a data source', async () => {
    expect((await jsonOf('{ early }')).slice(1, -1)).toMatchObject([{ earlyReturn: true, evaluationResult: 'soon' }]);
  });

  test('each item of a list is told by its path', async () => {
    const lines = await jsonOf('{ many { name } }');
    const paths = lines.filter(({ logType, fieldName }) => logType === 'DataSourceInvocation' && fieldName === 'name');
    expect(paths.map(({ path }) => path)).toEqual([
      ['many', 0, 'name'],
      ['many', 1, 'name'],
    ]);
  });
});

describe('as text', () => {
  const textOf = async (query: string, variables?: Record<string, unknown>) => {
    const { run, written } = traced((write) => new TextTracer(write));
    await run(query, variables);
    return written()
      .replace(/\d+\.\d ms/g, 'T ms')
      .replace(/[0-9a-f-]{36}/, 'ID');
  };

  test('a request is one block', async () => {
    expect(await textOf('query One($id: ID!) { thing(id: $id) { id } }', { id: '7' })).toBe(
      `┌ query One · API_KEY · T ms · ID
│ variables {"id":"7"}
│ thing  (Query.thing)
│   Query.thing request: {}
│   Query.thing#0 request: {"payload":{"id":"7"}}
│   Query.thing#0 ⇄ None T ms: {"id":"7"}
│   Query.thing#0 response: {"id":"7"}
│   Query.thing#1 request: {"payload":{"id":"7"}}
│   Query.thing#1 ⇄ None T ms: {"id":"7"}
│   Query.thing#1 response: {"id":"7"}
│   Query.thing response: {"id":"7"}
└ {"data":{"thing":{"id":"7"}}}
`,
    );
  });

  test('errors and early returns are told in words', async () => {
    expect(await textOf('{ fails }')).toMatch(/Query\.fails response ended with Refused: \{"message":"No"/);
    expect(await textOf('{ early }')).toContain('│   Query.early request returned early: "soon"\n');
  });

  test('a failure of the data source is told, and a long value is cut', () => {
    let written = '';
    const request: TracedRequest = {
      requestId: 'r',
      operation: 'query',
      authorization: 'API_KEY',
      query: '',
      variables: {},
    };
    const trace = new TextTracer((text) => (written += text)).begin(request);
    const event: TraceEvent = {
      kind: 'dataSource',
      step: 'find',
      dataSource: 'things',
      answer: { result: 'x'.repeat(5000), error: { type: 'DynamoDB:Slow', message: 'm' } },
      ms: 1,
    };
    trace.field({ path: ['a'], parentType: 'Query', fieldName: 'a' })(event);
    trace.end({ data: null });
    expect(written).toMatch(
      /find ⇄ things 1\.0 ms: failed with \{"type":"DynamoDB:Slow","message":"m"\}; "x{1999}… and 3002 characters more/,
    );
  });
});
