import { AppSyncJs, checkCode, FieldError, findProblems, InvalidCode, RefusedCode } from '../../src/api/appsync-js';

function moduleOf(request: string, response = 'return ctx.result;') {
  return `import { util } from '@aws-appsync/utils';
export function request(ctx) { ${request} }
export function response(ctx) { ${response} }`;
}

/** Text of a whole second, of which AppSync is reported to leave out the milliseconds (T1). */
const SECOND = moduleOf('return util.time.epochMilliSecondsToISO8601(1514764800000);');
/** APPSYNC_JS has no such method, which TypeScript alone knows. */
const MISTYPED = moduleOf('return util.autoID();');

describe('a handler', () => {
  test('is evaluated on what is given of a context; the rest is empty', () => {
    const code = new AppSyncJs().load('Query.thing', moduleOf('return [ctx.args, ctx.stash, ctx.prev, ctx.env];'));
    const { outcome } = code.evaluate('request', { arguments: { id: '1' } });
    expect(outcome).toEqual({ kind: 'value', value: [{ id: '1' }, {}, null, {}] });
  });

  test('is read as the semantics say, by name or by quirks', () => {
    const read = (options?: ConstructorParameters<typeof AppSyncJs>[0]) =>
      new AppSyncJs(options).load('Query.time', SECOND).evaluate('request', {}).outcome;
    const [reported, javascript] = ['2018-01-01T00:00:00Z', '2018-01-01T00:00:00.000Z'].map((value) => ({ value }));
    expect(read()).toMatchObject(reported!);
    expect(read({ semantics: 'ecmascript' })).toMatchObject(javascript!);
    expect(read({ semantics: { name: 'strictest', applies: (id) => id === 'T1' } })).toMatchObject(reported!);
    expect(read({ semantics: { name: 'strictest', applies: (id) => id !== 'T1' } })).toMatchObject(javascript!);
  });

  test('of code that AppSync would refuse is not loaded', () => {
    expect(() => new AppSyncJs().load('Query.thing', moduleOf('throw ctx;'))).toThrow(InvalidCode);
  });
});

describe('a resolver', () => {
  const js = new AppSyncJs();
  const none = (name: string, payload: string) => ({
    name,
    code: js.load(name, moduleOf(`return { payload: ${payload} };`)),
  });

  test('without functions has the value of its data source', async () => {
    expect(await js.run(none('Query.thing', '[ctx.info.fieldName, ctx.args.id]'), { arguments: { id: 1 } })).toEqual([
      'thing',
      1,
    ]);
  });

  test('with functions hands the value of each to the next', async () => {
    const functions = [none('one', '[ctx.prev.result, 1]'), none('two', '[ctx.prev.result, 2]')];
    const code = js.load('Query.things', moduleOf("return 'before';"));
    expect(await js.run({ name: 'Query.things', code, functions }, {})).toEqual([['before', 1], 2]);
  });

  test('that ends with an error rejects with it', async () => {
    const code = js.load('Query.bad', moduleOf("util.error('no', 'Bad', null, { why: 1 });"));
    const error: unknown = await js.run({ name: 'Query.bad', code }, {}).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(FieldError);
    expect(error).toMatchObject({ message: 'no', errorType: 'Bad', errorInfo: { why: 1 } });
  });
});

test('code that AppSync would refuse at deployment is refused with the places', async () => {
  await expect(checkCode([{ name: 'Query.thing', code: MISTYPED }])).rejects.toThrow(RefusedCode);
  expect(await findProblems([SECOND, MISTYPED])).toEqual([[], [expect.objectContaining({ line: 2, rule: 'TS2551' })]]);
});
