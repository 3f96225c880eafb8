import type { InvocationResult } from '../../../../src/services/lambda/function';
import { onEachEngine } from './engines';
import { newKey, typed } from './typed';

const ABSENT = { expression: 'attribute_not_exists(id)' };
const PRESENT = { expression: 'attribute_exists(id)' };
const FAILED = {
  type: 'DynamoDB:ConditionalCheckFailedException',
  message: expect.stringMatching(
    /^The conditional request failed \(Service: DynamoDb, Status Code: 400, Request ID: .+\)$/,
  ) as unknown,
};
const LAMBDA = 'arn:aws:lambda:us-east-1:000000000000:function:decide';

describe('A failed condition', () => {
  onEachEngine((bed) => {
    type Values = Record<string, unknown>;
    const put = (key: Values, attributes: Values, condition?: Values, more = {}) =>
      bed.execute({ operation: 'PutItem', key: typed(key), attributeValues: typed(attributes), condition }, more);
    const update = (key: Values, set: unknown, condition: Values, more = {}) =>
      bed.execute(
        {
          operation: 'UpdateItem',
          key: typed(key),
          update: { expression: 'SET v = :v', expressionValues: typed({ ':v': set }) },
          condition,
        },
        more,
      );
    const get = async (key: Values) => (await bed.execute({ operation: 'GetItem', key: typed(key) })).result;

    test('of a PutItem fails it with the current item as result', async () => {
      const key = newKey();
      await put(key, { v: 1 });
      bed.calls.length = 0;
      expect(await put(key, { v: 2 }, ABSENT)).toEqual({ result: { ...key, v: 1 }, error: FAILED });
      expect(bed.calls).toEqual(['PutItemCommand', 'GetItemCommand']);
      expect(await get(key)).toEqual({ ...key, v: 1 });
    });

    test('that did not fail costs no second call', async () => {
      await put(newKey(), { v: 1 }, ABSENT);
      expect(bed.calls).toEqual(['PutItemCommand']);
    });

    test('of a PutItem is success where the same item is there already', async () => {
      const key = newKey();
      await put(key, { v: 1.5, list: [1, null] });
      expect(await put(key, { list: [1, null], v: 1.5 }, ABSENT)).toEqual({
        result: { ...key, v: 1.5, list: [1, null] },
      });
    });

    test('of a PutItem is success where only ignored attributes differ, and answers the stored item', async () => {
      const key = newKey();
      await put(key, { v: 1, at: 'then', by: 'a' });
      const ignoring = { ...ABSENT, equalsIgnore: ['at', 'by', 'absent'] };
      expect(await put(key, { v: 1, at: 'now' }, ignoring)).toEqual({ result: { ...key, v: 1, at: 'then', by: 'a' } });
      expect((await put(key, { v: 2, at: 'now' }, ignoring)).error).toEqual(FAILED);
    });

    test('of a PutItem is a failure where the stored item has one attribute more', async () => {
      const key = newKey();
      await put(key, { v: 1, more: null });
      expect((await put(key, { v: 1 }, ABSENT)).error).toEqual(FAILED);
    });

    test('of a PutItem has the result null where there is no item', async () => {
      expect(await put(newKey(), { v: 1 }, PRESENT)).toEqual({ result: null, error: FAILED });
    });

    test('of an UpdateItem is never success, even if it would have changed nothing', async () => {
      const key = newKey();
      await put(key, { v: 1 });
      expect(await update(key, 1, ABSENT)).toEqual({ result: { ...key, v: 1 }, error: FAILED });
    });

    test('of a DeleteItem is success where the item is gone', async () => {
      const answer = await bed.execute({ operation: 'DeleteItem', key: typed(newKey()), condition: PRESENT });
      expect(answer).toEqual({ result: null });
    });

    test('of a DeleteItem is a failure where the item is there', async () => {
      const key = newKey();
      await put(key, { v: 1 });
      const answer = await bed.execute({ operation: 'DeleteItem', key: typed(key), condition: ABSENT });
      expect(answer).toEqual({ result: { ...key, v: 1 }, error: FAILED });
    });

    test.each([
      [undefined, true],
      [null, true],
      [true, true],
      [false, false],
    ])('with consistentRead %p reads the item with ConsistentRead %p', async (consistentRead, expected) => {
      const key = newKey();
      await put(key, { v: 1 });
      await put(key, { v: 2 }, { ...ABSENT, consistentRead });
      expect(bed.calls).toEqual(['PutItemCommand', 'PutItemCommand', 'GetItemCommand']);
      expect(bed.inputs.at(-1)).toMatchObject({ ConsistentRead: expected });
    });

    test('of a role that may not read fails with the denied GetItem', async () => {
      const key = newKey();
      await put(key, { v: 1 });
      const authorize = (action: string) => action !== 'dynamodb:GetItem';
      expect(await put(key, { v: 2 }, ABSENT, { authorize })).toEqual({
        result: null,
        error: {
          type: 'DynamoDB:DynamoDbException',
          message: expect.stringContaining('is not authorized to perform: dynamodb:GetItem on resource') as unknown,
        },
      });
    });

    describe('with a Custom handler', () => {
      const custom = { ...ABSENT, conditionalCheckFailedHandler: { strategy: 'Custom', lambdaArn: LAMBDA } };
      /** The same with placeholders, which the expression of a retry does not use. */
      const customOnVersion = {
        ...custom,
        expression: '#old = :old',
        expressionNames: { '#old': 'v' },
        expressionValues: typed({ ':old': 1 }),
      };
      const deciding = (...payloads: unknown[]) =>
        jest.fn((_arn: string, _payload: unknown): Promise<InvocationResult> =>
          Promise.resolve({ ok: true, payload: payloads.shift() }),
        );

      test('asks the function, with the request and the current value typed', async () => {
        const key = newKey();
        await put(key, { v: 8, s: 'Steve' });
        const invokeLambda = deciding({ action: 'reject' });
        const context = {
          arguments: { id: '1' },
          identity: { username: 'u' },
          info: { parentTypeName: 'Mutation', fieldName: 'save' },
        };
        const answer = await put(key, { v: 2 }, custom, { invokeLambda, context });
        expect(answer).toEqual({ result: { ...key, v: 8, s: 'Steve' }, error: FAILED });
        expect(invokeLambda.mock.calls).toEqual([
          [
            LAMBDA,
            {
              arguments: { id: '1' },
              requestMapping: {
                operation: 'PutItem',
                key: typed(key),
                attributeValues: typed({ v: 2 }),
                condition: custom,
              },
              currentValue: typed({ ...key, v: 8, s: 'Steve' }),
              resolver: { tableName: 'posts', awsRegion: 'us-east-1', parentType: 'Mutation', field: 'save' },
              identity: { username: 'u' },
            },
          ],
        ]);
      });

      test('that discards answers the current item without an error', async () => {
        const key = newKey();
        await put(key, { v: 1 });
        const invokeLambda = deciding({ action: 'discard' });
        expect(await update(key, 2, custom, { invokeLambda })).toEqual({ result: { ...key, v: 1 } });
        expect(await get(key)).toEqual({ ...key, v: 1 });
      });

      test('that retries a PutItem writes what the function says', async () => {
        const key = newKey();
        await put(key, { v: 8 });
        const retryMapping = {
          attributeValues: typed({ v: 9 }),
          condition: { expression: '#v = :v', expressionNames: { '#v': 'v' }, expressionValues: typed({ ':v': 8 }) },
        };
        const invokeLambda = deciding({ action: 'retry', retryMapping });
        expect(await put(key, { v: 2 }, customOnVersion, { invokeLambda })).toEqual({ result: { ...key, v: 9 } });
        expect(await get(key)).toEqual({ ...key, v: 9 });
      });

      test('that retries an UpdateItem writes what the function says', async () => {
        const key = newKey();
        await put(key, { v: 8 });
        const retryMapping = {
          update: { expression: 'SET w = :w', expressionValues: typed({ ':w': 1 }) },
          condition: PRESENT,
        };
        const invokeLambda = deciding({ action: 'retry', retryMapping });
        expect(await update(key, 2, customOnVersion, { invokeLambda })).toEqual({ result: { ...key, v: 8, w: 1 } });
      });

      test('that retries in vain is rejected, without being asked again', async () => {
        const key = newKey();
        await put(key, { v: 8 });
        const invokeLambda = deciding({ action: 'retry' }, { action: 'discard' });
        expect(await update(key, 2, custom, { invokeLambda })).toEqual({ result: { ...key, v: 8 }, error: FAILED });
        expect(invokeLambda).toHaveBeenCalledTimes(1);
      });

      test('is not asked where the item is as wanted already', async () => {
        const key = newKey();
        await put(key, { v: 1 });
        const invokeLambda = deciding();
        expect(await put(key, { v: 1 }, custom, { invokeLambda })).toEqual({ result: { ...key, v: 1 } });
        expect(invokeLambda).not.toHaveBeenCalled();
      });

      test.each([
        [
          { action: 'shrug' },
          "Unsupported value 'shrug' for field '$[action]'; expected one of reject, discard, retry.",
        ],
        [{}, "Value for field '$[action]' not found."],
        [null, 'Template transformation yielded an empty response.'],
        [{ action: 'retry', retryMapping: { key: {} } }, "Unsupported element '$[retryMapping][key]'."],
        [
          { action: 'retry', retryMapping: { condition: { conditionalCheckFailedHandler: {} } } },
          "Unsupported element '$[retryMapping][condition][conditionalCheckFailedHandler]'.",
        ],
      ])('that answers %j fails the write', async (payload, message) => {
        const key = newKey();
        await put(key, { v: 1 });
        const { error } = await update(key, 2, custom, { invokeLambda: deciding(payload) });
        expect(error).toEqual({ type: 'MappingTemplate', message });
      });

      test('that fails, fails the write with its message', async () => {
        const key = newKey();
        await put(key, { v: 1 });
        const failure: InvocationResult = { ok: false, errorType: 'TypeError', errorMessage: 'boom', trace: [] };
        const invokeLambda = () => Promise.resolve(failure);
        expect((await update(key, 2, custom, { invokeLambda })).error).toEqual({
          type: 'Lambda:Unhandled',
          message: 'boom',
        });
      });

      test('that is not there fails the write', async () => {
        const key = newKey();
        await put(key, { v: 1 });
        expect((await update(key, 2, custom)).error).toEqual({
          type: 'Lambda:ResourceNotFoundException',
          message: expect.stringContaining(LAMBDA) as unknown,
        });
      });
    });
  });
});
