import { NoneDataSource } from '../../../../src/services/appsync/data-sources/none';

function execute(request: unknown) {
  return new NoneDataSource('Nothing').execute({ request, resolver: 'Mutation.publish', context: {} });
}

describe('The NONE data source', () => {
  test.each([[{ a: [1, null] }], [[1, 2]], ['text'], [0], [false], [null]])(
    'answers the payload %j as the result',
    async (payload) => expect(await execute({ payload })).toEqual({ result: payload }),
  );

  test('answers null where there is no payload', async () => {
    expect(await execute({})).toEqual({ result: null });
  });

  test('takes the version that mapping templates had', async () => {
    expect(await execute({ version: '2018-05-29', payload: 1 })).toEqual({ result: 1 });
  });

  test.each([
    [{ payload: 1, operation: 'Invoke' }, "Unsupported element '$[operation]'."],
    [null, 'Template transformation yielded an empty response.'],
    ['text', "Expected a JSON object for field '$', got STRING."],
  ])('refuses the request %j', async (request, message) => {
    expect(await execute(request)).toEqual({ result: null, error: { type: 'MappingTemplate', message } });
  });
});
