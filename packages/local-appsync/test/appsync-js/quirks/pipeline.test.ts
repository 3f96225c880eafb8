import { semanticsOf, type SemanticsName } from '../../../src/appsync-js/quirks/semantics';
import { JsonTracer } from '../../../src/services/appsync/trace/json';
import { TextTracer } from '../../../src/services/appsync/trace/text';
import { testApi, type ApiText } from '../../services/appsync/support/api';
import { MODES } from './support';

const sdl = 'type Query { thing(x: Int): AWSJSON }';

/** Tells what its one function saw as ctx.prev.result. */
function piped(request: string): ApiText['resolvers'] {
  return {
    'Query.thing': {
      request,
      response: 'return ctx.prev.result;',
      pipeline: [{ request: 'return { payload: { seen: ctx.prev.result } };' }],
    },
  };
}

async function seen(mode: SemanticsName, request: string): Promise<unknown> {
  const { run } = testApi({ sdl, resolvers: piped(request), semantics: semanticsOf(mode) });
  const { data } = await run('{ thing }');
  return JSON.parse(data!.thing as string) as unknown;
}

describe('What a before step hands to the first function', () => {
  test.each([
    ['null', 'return null;', [{ seen: null }, { seen: null }, { seen: {} }]],
    ['nothing', 'ctx.stash.a = 1;', [{ seen: null }, { seen: null }, { seen: {} }]],
    ['an object', 'return { a: 1 };', [{ seen: { a: 1 } }, { seen: { a: 1 } }, { seen: { a: 1 } }]],
    ['false', 'return false;', [{ seen: false }, { seen: false }, { seen: false }]],
  ])('%s', async (_what, request, expected) => {
    expect(await Promise.all(MODES.map((mode) => seen(mode, request)))).toEqual(expected);
  });

  test('later functions see the null of the one before', async () => {
    const thing = { ...piped('return {};')!['Query.thing'], response: 'return [ctx.prev.result];' };
    thing.pipeline = [{ response: 'return null;' }];
    const { run } = testApi({ sdl, resolvers: { 'Query.thing': thing }, semantics: semanticsOf('strictest') });
    expect((await run('{ thing }')).data).toEqual({ thing: '[null]' });
  });
});

describe('The trace', () => {
  const request = 'ctx.stash.a = ctx.args.x === null;\nreturn null;';

  test('tells as JSON which quirks acted in a step, or on the way to it', async () => {
    let written = '';
    const tracer = new JsonTracer((text) => (written += text));
    const { run } = testApi({ sdl, resolvers: piped(request), semantics: semanticsOf('strictest'), tracer });
    await run('query ($x: Int) { thing(x: $x) }');
    await run('{ thing }');
    const lines = written.trimEnd().split('\n');
    const told = lines.map((line) => JSON.parse(line) as { logType: string; quirks?: unknown });
    expect(told.filter(({ quirks }) => quirks).map(({ logType, quirks }) => [logType, quirks])).toEqual([
      ['BeforeRequestFunctionEvaluation', [{ id: 'A2', argument: 'x' }]],
      ['RequestFunctionEvaluation', [{ id: 'P3' }]],
      ['BeforeRequestFunctionEvaluation', [{ id: 'A1', line: 3, column: 15 }]],
      ['RequestFunctionEvaluation', [{ id: 'P3' }]],
    ]);
  });

  test('tells them as text below their step, in words', async () => {
    let written = '';
    const tracer = new TextTracer((text) => (written += text));
    const { run } = testApi({ sdl, resolvers: piped(request), semantics: semanticsOf('appsync'), tracer });
    await run('{ thing }');
    expect(written).toContain('│   Query.thing request: null\n│     A1 code.js:3:15: null === undefined is true\n');
  });

  test('tells of none in ecmascript', async () => {
    let written = '';
    const tracer = new JsonTracer((text) => (written += text));
    const { run } = testApi({ sdl, resolvers: piped(request), semantics: semanticsOf('ecmascript'), tracer });
    await run('query ($x: Int) { thing(x: $x) }');
    expect(written).toContain('BeforeRequestFunctionEvaluation');
    expect(written).not.toContain('quirks');
  });
});
